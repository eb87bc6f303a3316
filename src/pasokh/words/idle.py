"""Words so common that they tell nothing of what a text is about, in the spelling of the search.

A search passes over them, and two texts that share them are not alike for it.
"""

from pasokh.words.spelling import keys

_PERSIAN = """
و در به از که این را با است برای آن یک خود تا کرد بر هم نیز می شود شد ها های ای ی بود شده
دارد اما یا هر باشد او اگر کند وی ما من دو چه چرا چگونه چطور کجا کجاست کجای کدام کی چیست
کیست چند آیا چی چیه چقدر است؟ هستند هست نیست بوده باشند کنند کردند کرده دارند داشت
داشته شدند خواهد آنها آنان ایشان این‌ها همین همان طی پس پیش بین روی زیر بالای درباره مورد
دیگر همه بعضی برخی نام اسم چیزی کسی وقتی زمانی گفته می‌شود می‌کند نمی بی هایی ترین تر اند
یکی سه داد داده شدن کردن ام
"""
_ENGLISH = """
a an and are as at be by did do does for from had has have how if in into is it its of on
or that the their there they this to was were what when where which who why will with
"""
# What every report says of itself. Who searches may mean them.
_OF_REPORTS = "اظهار افزود گفت گزارش خبر روز"


def _spelled(text: str) -> frozenset[str]:
    return frozenset(one for word in text.split() for form in keys(word) for one in form.split())


IDLE = _spelled(_PERSIAN) | _spelled(_ENGLISH)
IDLE_IN_REPORTS = IDLE | _spelled(_OF_REPORTS)
