"""What the checker says, in Persian and English, by id: numbers, never people or motives."""

from collections.abc import Mapping
from fractions import Fraction

_FA_DIGITS = str.maketrans("0123456789,.%", "۰۱۲۳۴۵۶۷۸۹٬٫٪")

SENTENCES: dict[str, tuple[str, str]] = {
    "share": (
        "{num} از {den} برابر {computed} درصد است؛ نوشته شده: {op}{claimed} درصد.",
        "{num} of {den} is {computed} %; what is written: {op}{claimed} %.",
    ),
    "share.mend": (
        "با این دو عدد، {computed} درصد درست است.",
        "With these two numbers {computed} % would be right.",
    ),
    "growth": (
        "از {previous} به {current} یعنی {computed} درصد تغییر؛ نوشته شده: {op}{claimed} درصد.",
        "From {previous} to {current} is a change of {computed} %; "
        "what is written: {op}{claimed} %.",
    ),
    "growth.mend": (
        "با این دو عدد، {computed} درصد درست است.",
        "With these two numbers {computed} % would be right.",
    ),
    "points": (
        "از {previous} درصد به {current} درصد یعنی {computed} واحد درصد؛ "
        "نوشته شده: {op}{claimed} واحد درصد.",
        "From {previous} % to {current} % is {computed} percentage points; "
        "what is written: {op}{claimed} percentage points.",
    ),
    "points.mend": (
        "با این دو عدد، {computed} واحد درصد درست است.",
        "With these two numbers {computed} percentage points would be right.",
    ),
    "times": (
        "{current} برابر است با {computed} ضرب در {previous}؛ نوشته شده: {op}{claimed} برابر.",
        "{current} is {computed} times {previous}; what is written: {op}{claimed} times.",
    ),
    "times.mend": (
        "با این دو عدد، {computed} برابر درست است.",
        "With these two numbers {computed} times would be right.",
    ),
    "sum": (
        "جمع {count} جزء {computed} است؛ عدد مقایسه: {op}{total}.",
        "The {count} parts add up to {computed}; compared with {op}{total}.",
    ),
    "sum.mend": (
        "اختلاف {difference} است: یا جمع {computed} است، یا دسته‌ها همپوشانی دارند و باید گفته شود.",
        "They differ by {difference}: either the total is {computed}, or the groups overlap and "
        "that has to be said.",
    ),
    "rate": (
        "{total} تقسیم بر {periods} برابر {computed} است؛ نوشته شده: {op}{claimed}.",
        "{total} divided by {periods} is {computed}; what is written: {op}{claimed}.",
    ),
    "rate.mend": ("{computed} درست است.", "{computed} would be right."),
    "complement": (
        "وقتی {a} درصد باشد {rest} درصد می‌ماند؛ نوشته شده: {op}{claimed} درصد.",
        "With {a} % there, {rest} % is left; what is written: {op}{claimed} %.",
    ),
    "complement.mend": (
        "برای باقی‌مانده {rest} درصد درست است.",
        "For the rest {rest} % would be right.",
    ),
    "bound": (
        "مقدار {value} است؛ نوشته شده: {op}{claimed}.",
        "The number is {value}; what is written: {op}{claimed}.",
    ),
    "bound.mend": ("{value} درست است.", "{value} would be right."),
    "range": (
        "مقدار {value} است؛ نوشته شده: از {low} تا {high}.",
        "The number is {value}; what is written: {low} to {high}.",
    ),
    "range.mend": ("{value} بیرون از این بازه است.", "{value} is outside of it."),
    "difference": (
        "از {previous} به {current} یعنی {computed} تغییر؛ نوشته شده: {op}{claimed}.",
        "From {previous} to {current} is a change of {computed}; what is written: {op}{claimed}.",
    ),
    "difference.mend": ("{computed} درست است.", "{computed} would be right."),
    "per_capita": (
        "{count} در جمعیت {people} نفر، برای هر {per} نفر {computed} است؛ "
        "نوشته شده: {op}{claimed}.",
        "{count} among {people} people is {computed} for every {per}; "
        "what is written: {op}{claimed}.",
    ),
    "per_capita.mend": ("{computed} درست است.", "{computed} would be right."),
    "rank": (
        "{value} در میان این عددها در رتبهٔ {rank} است؛ نوشته شده: رتبهٔ {claimed}.",
        "{value} is number {rank} of these numbers; what is written: number {claimed}.",
    ),
    "rank.mend": ("رتبهٔ {rank} درست است.", "Number {rank} would be right."),
    "headline": (
        "تیتر می‌گوید {op}{claimed}؛ متن می‌گوید {body}.",
        "The headline says {op}{claimed}; the body says {body}.",
    ),
    "headline.mend": (
        "تیتر و متن باید یک عدد داشته باشند، یا گفته شود که هر کدام دربارهٔ چیست.",
        "Both need the same number, or have to say what each is about.",
    ),
    "period": (
        "یک دوره {shorter} {unit} است و دیگری {longer} {unit}.",
        "One period is {shorter} {unit} long, the other {longer} {unit}.",
    ),
    "period.mend": (
        "باید گفته شود عددها از کدام دوره‌اند.",
        "It has to be said which of them the numbers are from.",
    ),
    "figure": (
        "متن می‌گوید {op}{claimed}؛ مقدار آمار {body} است.",
        "The text says {op}{claimed}; the figure's value is {body}.",
    ),
    "figure.mend": ("{body} درست است.", "{body} would be right."),
    "remark.misprint": (
        "«{field}» را نمی‌توان یک عدد خواند؛ شاید اشتباه چاپی است.",
        '"{field}" cannot be read as one number; it may be a misprint.',
    ),
    "remark.cut": (
        "{field}: درصد بریده شده است، نه گرد.",
        "{field}: the percentage is cut, not rounded.",
    ),
    "remark.far": (
        "{field}: درست است، ولی مقدار واقعی بسیار بیشتر است.",
        "{field}: true, but the number itself is much larger.",
    ),
    "remark.no-base": (
        "{field}: گفته نشده درصد از چه.",
        "{field}: a percentage without its base.",
    ),
    "remark.no-days": (
        "{field}: گفته نشده میانگین کدام روزهاست.",
        "{field}: the days that this is an average of are not named.",
    ),
    "remark.no-exact": (
        "{field}: «بیش از» بدون عدد دقیق.",
        '{field}: "more than" without the exact number.',
    ),
    "remark.points": (
        "{field}: تفاوت دو درصد است؛ یا «واحد درصد» بنویسید، یا رشد نسبت به عدد پیشین را.",
        '{field}: the difference of two percentages; write "percentage points", or the change '
        "against the number before.",
    ),
    "remark.figure-base": (
        "آماری که نام برده شده مبنا ندارد.",
        "The figure that is named has no base.",
    ),
    "remark.figure-period": (
        "آماری که نام برده شده دوره ندارد.",
        "The figure that is named has no period.",
    ),
    "remark.table": (
        "از جدول تنها آنچه جمع نامیده شده سنجیده شد.",
        "Of a table only what is named as a total was tested.",
    ),
    "remark.many": (
        "عددها زیاد است؛ تنها ۴۰۰ عدد نخست بررسی شد.",
        "There are many numbers; only the first 400 were tested.",
    ),
    "verdict.consistent": (
        "میان عددهایی که سنجیده شد تناقضی نیست.",
        "No contradiction among the numbers that could be tested.",
    ),
    "verdict.inconsistent": ("عددهایی با هم نمی‌خوانند.", "Some numbers contradict each other."),
    "verdict.nothing_to_test": (
        "در متن عددهایی نیست که بتوان با هم سنجید.",
        "The text has no numbers that could be tested against each other.",
    ),
    "unknown": (
        "این نوع بررسی شناخته نیست، پس انجام نشد: {kind}.",
        "This kind of check is not known, so it was not made: {kind}.",
    ),
    "unreadable": (
        "در این بررسی دو دورهٔ خوانا نیست، پس انجام نشد: {kind}.",
        "No two periods could be read here, so the check was not made: {kind}.",
    ),
    "record.consistent": ("می‌خواند", "consistent"),
    "record.inconsistent": ("نمی‌خواند", "inconsistent"),
    "record.unknown": ("نامعلوم", "unknown"),
    "record.error": ("خوانده نشد", "error"),
    "given.either": (
        "یا متنی بدهید یا ‎--records FILE‎.",
        "give either a text or --records FILE",
    ),
    "given.empty": (
        "متن خالی است؛ پرونده‌ای، ‎-‎ برای ورودی استاندارد، یا خودِ واژه‌ها را بدهید.",
        "the text is empty; give a file, - for standard input, or the words",
    ),
    "given.long": (
        "متن از {most} بایت بلندتر است؛ بخشی از آن را بدهید.",
        "the text is longer than {most} bytes; give a part of it",
    ),
    "given.no-utf8": (
        "{field}: در بایت {at} یو‌تی‌اف-۸ نیست؛ آن را با UTF-8 ذخیره کنید.",
        "{field}: is no UTF-8 at byte {at}; save it as UTF-8",
    ),
    "given.unread": ("{field}: خوانده نشد: {kind}", "{field}: {kind}"),
    "given.no-json": (
        "{field}: JSON نیست: {kind}، سطر {line} ستون {column}",
        "{field}: is no JSON: {kind}, line {line} column {column}",
    ),
    "given.hard-json": (
        "{field}: JSON خوانایی نیست: {kind}",
        "{field}: is no JSON that can be read: {kind}",
    ),
    "given.no-figures": (
        '{field}: فهرستی از آمارها ندارد؛ بنویسید [{{"id": ..., "value": ...}}]',
        '{field}: has no list of figures; write [{{"id": ..., "value": ...}}]',
    ),
    "given.no-records": (
        '{field}: فهرستی از رکوردها ندارد؛ بنویسید {{"records": [...]}}',
        '{field}: has no list of records; write {{"records": [...]}}',
    ),
    "unfit.missing": (
        "{field}: نیست. آن را با یک عدد بنویسید.",
        "{field}: is missing. Give it a number.",
    ),
    "unfit.no-number": (
        '{field}: عدد نیست. عددی مانند 15000 یا متنی مانند "<33.34" بنویسید.',
        '{field}: is no number. Write one as 15000, or in words as "<33.34".',
    ),
    "unfit.no-list": (
        "{field}: باید فهرستی از دست کم یک عدد باشد.",
        "{field}: has to be a list of at least one number.",
    ),
    "unfit.no-base": (
        "{field}: صفر یا منفی مبنای سهم نمی‌شود. عددی بزرگ‌تر از صفر بنویسید.",
        "{field}: nothing can be divided by it. Write a number above zero.",
    ),
    "unfit.negative": (
        "{field}: رواداری منفی نمی‌شود.",
        "{field}: a tolerance is not negative. Write 0 or more.",
    ),
    "unfit.no-op": (
        "{field}: یکی از = < <= > >= را بنویسید.",
        "{field}: write one of = < <= > >=.",
    ),
    "unfit.below-low": (
        "{field}: از پایین بازه کمتر است.",
        "{field}: is below the low end. Write the larger number here.",
    ),
    "unfit.no-name": (
        "{field}: در میان مقدارها نیست.",
        "{field}: is none of the names of the values.",
    ),
    "unfit.no-text": ("{field}: باید متن باشد.", "{field}: has to be text."),
    "unfit.no-object": (
        "{field}: باید یک شیء JSON با نام و مقدار باشد.",
        "{field}: has to be a JSON object with names and values.",
    ),
    "unfit.same-id": (
        "{field}: این شناسه پیش از این آمده است. شناسهٔ دیگری بنویسید.",
        "{field}: this id was there before. Write another.",
    ),
}
LANGUAGES = ("fa", "en")
_TO = (" تا ", " to ")
# What is told as a word. Signs would point the other way in a line that is read from the right.
_OPS = {
    ">": ("بیش از ", "more than "),
    ">=": ("دست‌کم ", "at least "),
    "<": ("کمتر از ", "less than "),
    "<=": ("دست بالا ", "at most "),
    "~": ("حدود ", "about "),
    "days": ("روز", "days"),
    "hours": ("ساعت", "hours"),
}


def written(language: str, value: Fraction | str | tuple[Fraction, Fraction]) -> str:
    """Write a number with at most two decimals, in the digits of the language."""
    if isinstance(value, tuple):
        return _TO[LANGUAGES.index(language)].join(written(language, end) for end in value)
    if isinstance(value, str):
        return _OPS.get(value, ("", ""))[LANGUAGES.index(language)]
    text = f"{float(round(value, 2)):,.2f}".rstrip("0").rstrip(".")
    return text.translate(_FA_DIGITS) if language == "fa" else text


def sentence(
    language: str,
    name: str,
    figures: Mapping[str, Fraction | str | int | tuple[Fraction, Fraction]],
) -> str:
    """Say a sentence with its numbers."""
    template = SENTENCES[name][LANGUAGES.index(language)]
    told = {
        key: value if key in ("kind", "field") else written(language, value)
        for key, value in figures.items()
        if not isinstance(value, int)
    }
    return template.format(**told)
