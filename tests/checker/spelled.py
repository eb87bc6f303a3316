"""Whole numbers in words, in both languages: the other way round of what the checker reads."""

FA_ONES = (
    "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده"
).split()
FA_TENS = "_ _ بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split()
FA_HUNDREDS = "_ صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split()
EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
EN_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"fa": ("میلیارد", "میلیون", "هزار", ""), "en": ("billion", "million", "thousand", "")}


def _below_thousand(language: str, value: int) -> str:
    hundreds, rest = divmod(value, 100)
    if language == "fa":
        parts = [FA_HUNDREDS[hundreds]] if hundreds else []
        if rest >= 20:
            parts += [FA_TENS[rest // 10]] + ([FA_ONES[rest % 10]] if rest % 10 else [])
        elif rest:
            parts.append(FA_ONES[rest])
        return " و ".join(parts)
    small = EN_ONES[rest] if rest < 20 else EN_TENS[rest // 10]
    if rest >= 20 and rest % 10:
        small += f"-{EN_ONES[rest % 10]}"
    if not hundreds:
        return small
    return f"{EN_ONES[hundreds]} hundred" + (f" and {small}" if rest else "")


def spelled(language: str, value: int) -> str:
    """Write a number from 2 to 999,999,999,999 in words."""
    groups = [(value // 1000**power) % 1000 for power in (3, 2, 1, 0)]
    parts = [
        f"{_below_thousand(language, group)} {scale}".strip()
        for group, scale in zip(groups, SCALES[language], strict=True)
        if group
    ]
    return (" و " if language == "fa" else " ").join(parts)


def mixed(language: str, value: int) -> str:
    """Write it as releases do: ۴۴۷ هزار و ۸۰۰."""
    groups = [(value // 1000**power) % 1000 for power in (3, 2, 1, 0)]
    parts = [
        f"{group} {scale}".strip()
        for group, scale in zip(groups, SCALES[language], strict=True)
        if group
    ]
    text = (" و " if language == "fa" else " and ").join(parts)
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    return text.translate(digits) if language == "fa" else text
