"""How mail programs mark the mail they answer in HTML: each by the structure that it writes, on invented mail."""

# ruff: noqa: E501  markup as it is written

import pytest

from mailproc.reading.markup import html_to_text
from mailproc.reading.text import reply_of

WORDS = "<p>The second unit came back.</p><p>Shall we open it?</p>"
ANSWERED = "<p>Please send the log.</p><p>Vendor Support</p>"
HEADERS = "<b>Von:</b> Vendor Support &lt;support@vendor.example&gt;<br><b>Gesendet:</b> Dienstag, 3. März 2026 10:15<br><b>An:</b> Ann<br><b>Betreff:</b> AW: X60"
HTML = {
    "gmail-ja": f'<div dir="ltr">{WORDS}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">2026年3月3日(火) 10:15 Vendor Support &lt;<a href="mailto:s@v.example">s@v.example</a>&gt;:<br></div><blockquote class="gmail_quote">{ANSWERED}</blockquote></div>',
    "gmail-sig": f'<div dir="ltr">{WORDS}<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Ann Lindqvist<br>+44 20 7946 0101</div></div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, Mar 3, 2026 at 10:15 AM Vendor &lt;s@v.example&gt; wrote:<br></div><blockquote>{ANSWERED}</blockquote></div>',
    "outlook-classic": f'<div class=WordSection1>{WORDS}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal>{HEADERS}</p></div></div>{ANSWERED}</div>',
    "outlook-b5c4df": f'<div class=WordSection1>{WORDS}<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p class=MsoNormal><b><span>From:</span></b><span> Vendor<br><b>Sent:</b> Tuesday, March 3, 2026 10:15<br><b>To:</b> Ann<br><b>Subject:</b> x</span></p></div>{ANSWERED}</div>',
    "outlook-para": f"<div>{WORDS}<p class=MsoNormal><b>From:</b> Vendor &lt;s@v.example&gt; <br><b>Sent:</b> Tuesday, March 3, 2026 10:15 AM<br><b>To:</b> Ann<br><b>Subject:</b> x<o:p></o:p></p>{ANSWERED}</div>",
    "outlook-mac": f'<div>{WORDS}<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p class=MsoNormal><b><span style="font-size:12.0pt;color:black">From: </span></b><span>Vendor &lt;s@v.example&gt;<br><b>Date: </b>Tuesday, 3 March 2026 at 10:15<br><b>To: </b>Ann<br><b>Subject: </b>x</span></p></div>{ANSWERED}</div>',
    "owa": f'<div class="elementToProof">{WORDS}</div><div id="Signature"><div>Ann Lindqvist</div><div>Manager</div><div>+44 20 7946 0101</div></div><div id="appendonsend"></div><hr tabindex="-1" style="display:inline-block; width:98%"><div id="divRplyFwdMsg" dir="ltr"><font>{HEADERS}</font><div>&nbsp;</div></div><div>{ANSWERED}</div>',
    "owa-x": f'<div id="x_x"><div>{WORDS}</div></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="x_divRplyFwdMsg"><b>Von:</b> V &lt;s@v.example&gt;<br><b>Gesendet:</b> Di<br></div>{ANSWERED}',
    "apple": f'<body>{WORDS}<div><br><blockquote type="cite"><div>Am 03.03.2026 um 10:15 schrieb Vendor Support &lt;s@v.example&gt;:</div><br><div>{ANSWERED}</div></blockquote></div></body>',
    "iphone": f'<div dir="ltr">{WORDS}<br><div dir="ltr">Von meinem iPhone gesendet</div><div dir="ltr"><br><blockquote type="cite">Am 03.03.2026 um 10:15 schrieb Vendor &lt;s@v.example&gt;:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">{ANSWERED}</div></blockquote></div>',
    "thunderbird": f'{WORDS}<div class="moz-cite-prefix">Am 03.03.26 um 10:15 schrieb Vendor Support:<br></div><blockquote type="cite" cite="mid:1@v">{ANSWERED}</blockquote><div class="moz-signature">-- <br>Ann Lindqvist</div>',
    "yahoo": f'<div class="ydp1">{WORDS}</div><div id="ydpyahoo_quoted_1" class="ydpyahoo_quoted"><div>Am Dienstag, 3. März 2026 um 10:15:07 MEZ hat Vendor &lt;s@v.example&gt; Folgendes geschrieben: </div><div>{ANSWERED}</div></div>',
    "yahoo2": f'<div>{WORDS}</div><div id="yahoo_quoted_12" class="yahoo_quoted"><div>El martes, 3 de marzo de 2026, 10:15:07 CET, Vendor escribió: </div><div>{ANSWERED}</div></div>',
    "gmx": f'<div style="font-family: Verdana"><div>{WORDS}</div><div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Dienstag, 03. März 2026 um 10:15 Uhr<br><b>Von:</b>&nbsp;"Vendor" &lt;s@v.example&gt;<br><b>An:</b>&nbsp;ann@c.example<br><b>Betreff:</b>&nbsp;x</div><div name="quoted-content">{ANSWERED}</div></div></div>',
    "zimbra": f'<div>{WORDS}</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>"V" &lt;s@v.example&gt;<br><b>À: </b>ann<br><b>Envoyé: </b>Mardi 3 Mars 2026 10:15:33<br><b>Objet: </b>x<br></div>{ANSWERED}',
    "notes": f"<p>{WORDS}</p><br><br><font size=1 color=#5f5f5f>Von: </font><font>Vendor/Acme</font><br><font>An: </font><font>Ann</font><br><font>Datum: </font><font>03.03.2026 10:15</font><br><font>Betreff: </font><font>x</font><br><hr noshade>{ANSWERED}",
    "qq": f'<div>{WORDS}</div><div>&nbsp;</div><div style="font-size: 12px;padding:2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef;"><div><b>发件人:</b> "V"&lt;s@v.example&gt;;</div><div><b>发送时间:</b>&nbsp;2026年3月3日(星期二) 上午10:15</div><div><b>收件人:</b>&nbsp;"Ann"&lt;a@c.example&gt;;</div><div><b>主题:</b>&nbsp;x</div></div><div>{ANSWERED}</div>',
    "netease": f'<div>{WORDS}</div><br><div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><p>At 2026-03-03 10:15:07, "Vendor" &lt;s@v.example&gt; wrote:</p><blockquote id="isReplyContent">{ANSWERED}</blockquote>',
    "foxmail": f'<div>{WORDS}</div><hr style="width: 210px; height: 1px;" size="1" align="left"><blockquote><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div><b>发件人：</b>&nbsp;<a>V</a></div><div><b>发送时间：</b>&nbsp;2026-03-03&nbsp;10:15</div><div><b>收件人：</b>&nbsp;Ann</div><div><b>主题：</b>&nbsp;x</div></div>{ANSWERED}</blockquote>',
    "mailru": f'<div>{WORDS}</div><br><br><blockquote style="border-left:1px solid #0857A6;">Вторник, 3 марта 2026, 10:15 +03:00 от Vendor &lt;s@v.example&gt;:<br>{ANSWERED}</blockquote>',
    "yandex": f'<div>{WORDS}</div><div>&nbsp;</div><div>03.03.2026, 10:15, "Vendor" &lt;s@v.example&gt;:</div><blockquote>{ANSWERED}</blockquote>',
    "proton": f'<div style="font-family:Arial">{WORDS}</div><div class="protonmail_signature_block">Sent with <a>Proton Mail</a> secure email.</div><div class="protonmail_quote">On Tuesday, March 3rd, 2026 at 10:15, V &lt;s@v.example&gt; wrote:<br><blockquote class="protonmail_quote">{ANSWERED}</blockquote></div>',
    "zoho": f'<div>{WORDS}</div><div class="zmail_extra_hr" style="border-top:1px solid rgb(204,204,204);height:0"></div><div class="zmail_extra"><div id="Zm-_Id">---- On Tue, 03 Mar 2026 10:15:07 +0000 <b>V &lt;s@v.example&gt;</b> wrote ---<br></div><blockquote>{ANSWERED}</blockquote></div>',
    "spark": f'<div name="messageBodySection">{WORDS}</div><div name="messageReplySection">On 3 Mar 2026 at 10:15 +0000, V &lt;s@v.example&gt;, wrote:<br><blockquote type="cite">{ANSWERED}</blockquote></div>',
    "fastmail": f'<div>{WORDS}</div><div>On Tue, Mar 3, 2026, at 10:15 AM, V wrote:<br></div><blockquote type="cite" id="qt">{ANSWERED}</blockquote>',
    "samsung": f'<div>{WORDS}</div><div id="composer_signature"><div>Von meinem/meiner Galaxy gesendet</div></div><div><br></div><div style="font-size:100%;color:#000000" dir="auto"><!-- originalMessage --><div>-------- Ursprüngliche Nachricht --------</div><div>Von: V &lt;s@v.example&gt; </div><div>Datum: 03.03.26  10:15  (GMT+01:00) </div><div>An: ann </div><div>Betreff: x </div></div>{ANSWERED}',
    "outlook-mobile": f'<div dir="ltr">{WORDS}</div><div id="ms-outlook-mobile-signature"><div>Outlook für iOS herunterladen</div></div><div id="mail-editor-reference-message-container"><hr><div><b>Von:</b> V</div>{ANSWERED}</div>',
    "outlook-mobile2": f'<div dir="auto">{WORDS}</div><div id="ms-outlook-mobile-signature" dir="auto">Get <a href="https://aka.ms/AAb9ysg">Outlook for Android</a></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> V &lt;s@v.example&gt;<br><b>Sent:</b> Tuesday<br></font></div>{ANSWERED}',
    "windows-mail": f'<div>{WORDS}</div><p>Sent from <a href="https://go.microsoft.com/fwlink/?LinkId=550986">Mail</a> for Windows</p><div style="mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From: </b><a>V</a><br><b>Sent: </b>Tuesday, March 3, 2026 10:15<br><b>To: </b>Ann<br><b>Subject: </b>x</p></div>{ANSWERED}',
    "roundcube": f'<p>{WORDS}</p><p id="reply-intro">Am 2026-03-03 10:15, schrieb V:</p><blockquote type="cite">{ANSWERED}</blockquote>',
    "ox": f'<p>{WORDS}</p><blockquote type="cite"><p>V &lt;s@v.example&gt; hat am 03.03.2026 10:15 CET geschrieben:</p>{ANSWERED}</blockquote>',
    "banner": f'<table><tr><td style="background:#ffeb9c">CAUTION: This email originated from outside of the organization. Do not click links.</td></tr></table>{WORDS}',
    "hey": f"<div>{WORDS}</div><br><br>On March 3, 2026, Vendor &lt;s@v.example&gt; wrote:<br><blockquote>{ANSWERED}</blockquote>",
    "mailspring": f'<div>{WORDS}</div><br><div class="gmail_quote_attribution">On Mar 3 2026, at 10:15 am, V &lt;s@v.example&gt; wrote:</div><blockquote>{ANSWERED}</blockquote>',
    "hcl-quoted": f'{WORDS}<br><br>-----&quot;V&quot; &lt;s@v.example&gt; schrieb: -----<div style="padding-left:5px;border-left:solid black 2px">An: ann@c.example<br>Von: &quot;V&quot; &lt;s@v.example&gt;<br>Datum: 03.03.2026 10:15<br>Betreff: x<br><br>{ANSWERED}</div>',
    "superhuman": f'<div>{WORDS}</div><div class="gmail_signature">Sent via <a href="https://sprh.mn/?vip=x">Superhuman</a></div><br><div class="gmail_quote">On Tue, Mar 03, 2026 at 10:15 AM, V <span>&lt;s@v.example&gt;</span> wrote:<blockquote class="gmail_quote">{ANSWERED}</blockquote></div>',
}


@pytest.mark.parametrize("html", HTML.values(), ids=HTML.keys())
def test_the_words_alone_are_new(html: str) -> None:
    text = html_to_text(f"<html><body>{html}</body></html>")
    assert reply_of(text, author=frozenset({"ann", "lindqvist"})).split("\n\n") == [
        "The second unit came back.",
        "Shall we open it?",
    ]


@pytest.mark.parametrize("width", ["solid #E1E1E1 1.0pt", "1px solid #ccc"])
def test_a_border_that_the_writer_draws_between_his_words_is_no_quotation(width: str) -> None:
    html = f'<p>Point one</p><div style="border:none;border-top:{width};padding-top:3.0pt"><p>Point two</p></div><p>From: Lagos<br>To: Accra</p><p>Is that clear?</p>'
    assert "Is that clear?" in reply_of(html_to_text(html))
