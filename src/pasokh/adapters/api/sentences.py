"""What the API says about input that never reached the machine, in Persian and English.

The machine's own refusals are said by `pasokh.words`; here are the street's.
"""

import re

from msgspec import Struct

from pasokh.words.digits import isolate
from pasokh.words.say import DEFAULT, LANGUAGES, language_of

__all__ = ["KINDS", "LANGUAGES", "ProblemKind", "chosen_language", "told_shape"]


class ProblemKind(Struct, frozen=True):
    """A kind of problem: the HTTP status, and by language its title and how to mend it."""

    status: int
    title: dict[str, str]
    mend: dict[str, str]


def _kind(status: int, en: tuple[str, str], fa: tuple[str, str]) -> ProblemKind:
    return ProblemKind(status, {"en": en[0], "fa": fa[0]}, {"en": en[1], "fa": fa[1]})


KINDS: dict[str, ProblemKind] = {
    "refused": _kind(
        409,
        ("The centre refused the command.", "Look at the reason; the refusal is recorded."),
        ("مرکز این دستور را نپذیرفت.", "دلیل را ببینید؛ این رد ثبت شده است."),
    ),
    "bad-input": _kind(
        400,
        ("The input does not have the shape that is asked for.", "Compare it with /openapi.json."),
        ("ورودی شکل خواسته‌شده را ندارد.", "آن را با /openapi.json بسنجید."),
    ),
    "no-token": _kind(
        401,
        ("This route needs a token.", "Send the header Authorization: Bearer TOKEN."),
        ("این نشانی توکن می‌خواهد.", "سرآیند Authorization: Bearer TOKEN را بفرستید."),
    ),
    "bad-token": _kind(
        401,
        ("The token is unknown, revoked or expired.", "Ask the administrator for a new one."),
        ("این توکن ناشناخته، باطل یا منقضی است.", "از مدیر سامانه توکن تازه بخواهید."),
    ),
    "no-scope": _kind(
        403,
        ("The token is not good for this route.", "Ask for a token with the scope named here."),
        ("این توکن اجازهٔ این کار را ندارد.", "توکنی با دامنهٔ نام‌برده بخواهید."),
    ),
    "foreign-page": _kind(
        403,
        ("A page of another site may not ask this.", "Use the centre's own page."),
        ("صفحهٔ سایت دیگری نمی‌تواند این را بخواهد.", "از صفحهٔ خود مرکز استفاده کنید."),
    ),
    "foreign-host": _kind(
        421,
        ("The drill answers only to this machine's own names.", "Open it as http://127.0.0.1."),
        ("رزمایش فقط به نام‌های خود این رایانه پاسخ می‌دهد.", "آن را با http://127.0.0.1 باز کنید."),
    ),
    "through-proxy": _kind(
        421,
        (
            "The drill answers only to this machine, and this came through a proxy.",
            "Open it on this machine as http://127.0.0.1, or by a tunnel such as ssh -L. Behind a "
            "proxy belongs a centre that was begun with --empty.",
        ),
        (
            "رزمایش فقط به همین رایانه پاسخ می‌دهد، و این از پراکسی گذشته است.",
            "آن را روی همین رایانه با http://127.0.0.1 یا از تونلی مانند ssh -L باز کنید. "
            "پشت پراکسی جای مرکزی است که با --empty آغاز شده است.",
        ),
    ),
    "unknown-path": _kind(
        404,
        ("There is nothing at this address.", "All addresses are in /openapi.json."),
        ("در این نشانی چیزی نیست.", "همهٔ نشانی‌ها در /openapi.json آمده است."),
    ),
    "unknown-thing": _kind(
        404,
        ("The centre does not hold this.", "It may be forgotten; the log still has it."),
        ("مرکز این را در دست ندارد.", "شاید از حافظه رفته باشد؛ در دفتر ثبت هست."),
    ),
    "wrong-method": _kind(
        405,
        ("This address does not know the method.", "Use one of the methods in the header Allow."),
        ("این نشانی این روش را نمی‌شناسد.", "یکی از روش‌های سرآیند Allow را به کار ببرید."),
    ),
    "too-large": _kind(
        413,
        ("The body is larger than 256 KiB.", "Send fewer words, or several commands."),
        ("متن از ۲۵۶ کیبی‌بایت بزرگ‌تر است.", "کوتاه‌تر بنویسید یا چند دستور بفرستید."),
    ),
    "not-json": _kind(
        415,
        ("The body must be JSON.", "Send the header Content-Type: application/json."),
        ("متن باید JSON باشد.", "سرآیند Content-Type: application/json را بفرستید."),
    ),
    "id-used": _kind(
        409,
        (
            "This command id already stands for another command.",
            "Give each command an id of its own; repeat an id only with the same command.",
        ),
        (
            "این شناسه پیش‌تر برای دستور دیگری به کار رفته است.",
            "به هر دستور شناسهٔ خودش را بدهید؛ شناسه را فقط با همان دستور تکرار کنید.",
        ),
    ),
    "fault": _kind(
        500,
        ("The centre made a mistake.", "Tell its administrator the time and the address."),
        ("در مرکز خطایی رخ داد.", "زمان و نشانی را به مدیر سامانه بگویید."),
    ),
    "unknown-outcome": _kind(
        503,
        (
            "The disk did not confirm: whether the command counts is not known.",
            "Ask again with the same id: it counts once, however often it is asked.",
        ),
        (
            "دیسک تأیید نکرد: روشن نیست که دستور ثبت شده است یا نه.",
            "با همان شناسه دوباره بخواهید: هر چند بار هم که بخواهید یک بار به شمار می‌آید.",
        ),
    ),
    "parked": _kind(
        422,
        (
            "This command broke the machine once and is kept for a person to look at.",
            "Ask in another way, under a new id; tell whoever looks after the centre.",
        ),
        (
            "این دستور یک بار ماشین را از کار انداخت و برای بررسی نگه داشته شده است.",
            "به شکلی دیگر و با شناسه‌ای تازه بخواهید و مسئول مرکز را آگاه کنید.",
        ),
    ),
    "words-damaged": _kind(
        422,
        (
            "These words cannot be opened: the disk changed or lost their envelope.",
            "Tell the administrator: the log's file must be restored. No reading was entered.",
        ),
        (
            "این نوشتهٔ مهرشده باز نمی‌شود: پاکت آن روی دیسک تغییر کرده یا گم شده است.",
            "مدیر سامانه را آگاه کنید: فایل دفتر باید بازیابی شود. خواندنی ثبت نشد.",
        ),
    ),
    "recording-absent": _kind(
        404,
        (
            "No recording of this call is kept.",
            "It is being made, was not made or was lost: the card says which.",
        ),
        (
            "از این تماس ضبطی نگه داشته نشده است.",
            "ضبط در جریان است، نبوده یا از دست رفته است؛ کارت می‌گوید کدام.",
        ),
    ),
    "recording-erased": _kind(
        410,
        (
            "The recording is erased, and nobody can hear it again.",
            "Its digest, its times and its duration stay in the log.",
        ),
        (
            "این ضبط پاک شده است و دیگر هیچ‌کس نمی‌تواند آن را بشنود.",
            "چکیده، زمان‌ها و درازای آن در دفتر ثبت می‌ماند.",
        ),
    ),
    "recording-damaged": _kind(
        422,
        (
            "What is kept is not the voice that the log has the digest of, so nobody hears it.",
            "Tell the administrator: the folder of voices must be restored. This is in the log.",
        ),
        (
            "آنچه نگه داشته شده صدایی نیست که چکیده‌اش در دفتر است؛ پس برای کسی پخش نمی‌شود.",
            "مدیر سامانه را آگاه کنید: پوشهٔ صداها باید بازیابی شود. این در دفتر ثبت شد.",
        ),
    ),
    "range-outside": _kind(
        416,
        ("The range lies outside the recording.", "Its length is in the header Content-Range."),
        ("این بازه بیرون از ضبط است.", "درازای ضبط در سرآیند Content-Range آمده است."),
    ),
    "not-taking": _kind(
        503,
        ("The centre is stopping and took nothing.", "Ask again with the same id in a moment."),
        ("مرکز در حال ایستادن است و چیزی نپذیرفت.", "کمی بعد با همان شناسه دوباره بخواهید."),
    ),
    "no-session": _kind(
        401,
        ("You are not signed in, or no longer.", "Sign in again; what you had open is kept."),
        ("شما وارد نشده‌اید یا نشست شما پایان یافته است.", "دوباره وارد شوید؛ کار شما می‌ماند."),
    ),
    "session-locked": _kind(
        423,
        ("Your session is locked.", "Unlock it with your password or your key."),
        ("نشست شما قفل است.", "آن را با گذرواژه یا کلید خود باز کنید."),
    ),
    "not-your-role": _kind(
        403,
        ("None of your roles may use this.", "Ask someone whose role it is, or an administrator."),
        (
            "هیچ‌یک از نقش‌های شما اجازهٔ این کار را ندارد.",
            "از کسی بخواهید که این نقش را دارد، یا از مدیر سامانه.",
        ),
    ),
    "read-over": _kind(
        409,
        (
            "This reading is over: its id opens the words for a few minutes only.",
            "Ask under a new id; each reading stands in the log.",
        ),
        (
            "این خواندن پایان یافته است: هر شناسه فقط چند دقیقه کار می‌کند.",
            "با شناسه‌ای تازه بخواهید؛ هر خواندن در دفتر ثبت می‌ماند.",
        ),
    ),
    "office-away": _kind(
        503,
        (
            "The office does not answer at the moment.",
            "Desks that are open go on working: calls, incidents and units are not touched by "
            "this. Signing in, people and lists come back with the office; try again in a moment.",
        ),
        (
            "دفتر اداری اکنون پاسخ نمی‌دهد.",
            "میزهای باز به کار خود ادامه می‌دهند و تماس‌ها، حادثه‌ها و واحدها آسیبی نمی‌بینند. "
            "ورود، افراد و فهرست‌ها با برگشتن دفتر در دسترس‌اند؛ کمی بعد دوباره تلاش کنید.",
        ),
    ),
    "office-slow": _kind(
        504,
        (
            "The office took too long to answer.",
            "Look whether it was done before you ask again. Desks that are open go on working.",
        ),
        (
            "پاسخ دفتر اداری بیش از اندازه طول کشید.",
            "پیش از خواستن دوباره ببینید که انجام شده است یا نه. میزهای باز به کار ادامه می‌دهند.",
        ),
    ),
    "office-too-large": _kind(
        413,
        ("The body is larger than 2 MiB.", "Send the list in several parts."),
        ("متن از ۲ مبی‌بایت بزرگ‌تر است.", "فهرست را در چند بخش بفرستید."),
    ),
    "newsroom-away": _kind(
        503,
        (
            "The newsroom does not answer at the moment.",
            "The published figures and news files are still there; try again in a moment.",
        ),
        (
            "اتاق خبر اکنون پاسخ نمی‌دهد.",
            "رقم‌ها و پرونده‌های خبرِ منتشرشده سر جای خود هستند؛ کمی بعد دوباره تلاش کنید.",
        ),
    ),
    "newsroom-slow": _kind(
        504,
        (
            "The newsroom took too long to answer.",
            "Look whether it was done before you ask again.",
        ),
        (
            "پاسخ اتاق خبر بیش از اندازه طول کشید.",
            "پیش از خواستن دوباره ببینید که انجام شده است یا نه.",
        ),
    ),
    "newsroom-too-large": _kind(
        413,
        ("The body is larger than 2 MiB.", "Send less at once."),
        ("متن از ۲ مبی‌بایت بزرگ‌تر است.", "هر بار کمتر بفرستید."),
    ),
    "no-length": _kind(
        411,
        ("A large body must say its length.", "Send the header Content-Length."),
        ("متن بزرگ باید درازای خود را بگوید.", "سرآیند Content-Length را بفرستید."),
    ),
}

# msgspec's own words about a shape, and ours. In Persian the places stay as they were sent.
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), persian)
    for pattern, persian in (
        (r"Expected `(.+?)`, got `(.+?)`", "باید {0} باشد، اما {1} است"),
        (r"Invalid RFC3339 encoded datetime", "زمان باید مانند 2026-11-03T00:00:00+03:30 باشد"),
        (r"Object missing required field `(.+?)`", "فیلد لازم {0} نیامده است"),
        (r"Object contains unknown field `(.+?)`", "فیلد {0} شناخته نیست"),
        (r"Invalid enum value (.+?)$", "{0} در فهرست بسته نیست"),
        (r"Expected `str` of length (.+?)$", "درازای نوشته باید {0} باشد"),
        (r"Expected `array` of length (.+?)$", "شمار عضوها باید {0} باشد"),
        (r"Expected `(.+?)` matching regex (.+?)$", "باید با الگوی {1} بخواند"),
        (r"Expected `(.+?)` ([<>]=? .+?)$", "عدد باید {1} باشد"),
        (r"JSON is malformed: (.+)$", "JSON درست نیست ({0})"),
        (r"damaged envelope: (.+)$", "نوشتهٔ مهرشده باز نمی‌شود؛ پاکت آسیب‌دیده: {0}"),
        (r"Input data was truncated", "متن ناتمام است"),
    )
)


def chosen_language(asked: str | None, accepted: str) -> str:
    """Choose the reader's language: asked for by name, else accepted by the browser."""
    return asked if asked in LANGUAGES else language_of(accepted)


def told_shape(language: str, message: str) -> str:
    """Say what is wrong with a shape; msgspec's own English where we have no other words."""
    if language != DEFAULT:
        return message
    for pattern, persian in _SHAPES:
        match = pattern.search(message)
        if match:
            return persian.format(*(isolate(part) for part in match.groups()))
    return isolate(message)
