"""What every carrier keeps to, whatever it is made of."""

from abc import ABC, abstractmethod

from mailproc.ports import Carrier
from mailproc.writing.letter import Letter


def a_letter(number: int = 1, *, recipients: tuple[str, ...] = ("ann@acme.example",), body: str = "") -> Letter:
    head = f"From: s@vendor.example\r\nMessage-ID: <l{number}@vendor.example>\r\nSubject: letter {number}\r\n\r\n"
    return Letter(
        key=f"xseries/1:acknowledgement/{number}",
        template="acknowledgement",
        message_id=f"l{number}@vendor.example",
        subject=f"letter {number}",
        envelope_from="s@vendor.example",
        recipients=recipients,
        content=(head + (body or f"body {number}") + "\r\n").encode(),
    )


class CarrierContract(ABC):
    """Run on the fake and on the real thing."""

    @abstractmethod
    def arrived(self) -> list[bytes]:
        """The letters that came out at the other end, in any order."""

    def test_a_letter_arrives_byte_for_byte(self, carrier: Carrier) -> None:
        letter = a_letter(body=".a line that begins with a dot\r\n..and two\r\n\r\n.")
        assert list(carrier.carry([letter])) == []
        assert self.arrived() == [letter.content]

    def test_every_letter_of_a_batch_arrives(self, carrier: Carrier) -> None:
        letters = [a_letter(number) for number in range(20)]
        carrier.carry(letters)
        assert sorted(self.arrived()) == sorted(letter.content for letter in letters)

    def test_no_letters_are_no_work(self, carrier: Carrier) -> None:
        assert list(carrier.carry([])) == []
        assert self.arrived() == []

    def test_closing_twice_is_fine_and_letters_go_again_afterwards(self, carrier: Carrier) -> None:
        carrier.carry([a_letter(1)])
        carrier.close()
        carrier.close()
        carrier.carry([a_letter(2)])
        assert len(self.arrived()) == 2
