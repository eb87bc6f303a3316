"""A person's keyboard: real key events whose letter and whose place on the keyboard may differ.

With the Persian layout on, the key that is engraved D says «ی» (`key`) and still is KeyD (`code`).
"""

from playwright.sync_api import CDPSession, Page

# symbols/ir of xkeyboard-config, by the letter that the same key gives with the Latin layout.
PERSIAN = dict(zip("qwertyuiopasdfghjklzxcvbnm", "ضصثقفغعهخحشسیبلاتنمظطزرذدپ", strict=True)) | dict(
    zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", strict=True)
)
PERSIAN["?"] = "؟"
SHIFT = 8
NAMED = {
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "Tab": (9, ""),
    "Backspace": (8, ""),
    "Space": (32, " "),
    "ArrowDown": (40, ""),
    "ArrowUp": (38, ""),
    "ArrowLeft": (37, ""),
    "ArrowRight": (39, ""),
    "Home": (36, ""),
    "End": (35, ""),
}


class Keyboard:
    """Types into one page, key by key, and counts the strokes."""

    def __init__(self, page: Page, *, persian: bool = False) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._page = page
        self.persian = persian
        self.strokes = 0

    def type(self, text: str) -> None:
        """Type Latin letters, digits and spaces by their places on the keyboard."""
        for letter in text:
            self.press("Space") if letter == " " else self.press(letter)

    def press(self, key: str, *, repeats: int = 0) -> None:
        """Press one key, a letter by its Latin engraving; held, it repeats."""
        self.strokes += 1
        event = self._event(key)
        self._session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
        for _ in range(repeats):
            held = {"type": "keyDown", "autoRepeat": True, **event}
            self._session.send("Input.dispatchKeyEvent", held)
        released = {name: value for name, value in event.items() if name != "text"}
        self._session.send("Input.dispatchKeyEvent", {"type": "keyUp", **released})

    def say(self, text: str) -> None:
        """Put words into the field that has the focus, as dictation would; counts no stroke."""
        self._page.keyboard.insert_text(text)

    def _event(self, key: str) -> dict[str, object]:
        if key in NAMED:
            number, text = NAMED[key]
            spoken = " " if key == "Space" else key
            event: dict[str, object] = {"key": spoken, "code": key, "windowsVirtualKeyCode": number}
            return event | ({"text": text} if text else {})
        said = PERSIAN.get(key, key) if self.persian else key
        held = {"modifiers": SHIFT} if key in _SHIFTED else {}
        return {"key": said, "code": _code_of(key), "text": said} | _number_of(key) | held


def _code_of(key: str) -> str:
    if key.isdigit():
        return f"Digit{key}"
    return f"Key{key.upper()}" if key.isascii() and key.isalpha() else _MARKS[key]


def _number_of(key: str) -> dict[str, object]:
    return {"windowsVirtualKeyCode": ord(key.upper())} if key.isalnum() else {}


_MARKS = {"/": "Slash", "?": "Slash", ".": "Period", ",": "Comma", "-": "Minus"}
_SHIFTED = "?"
