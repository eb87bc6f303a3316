// @ts-check
/** Digits of three kinds. What is typed may have any; what is shown has the language's own. */

const SHOWN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";

/** Read digits of any kind as Latin ones. @param {string} text @returns {string} */
export function latinDigits(text) {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => {
    const place = SHOWN.indexOf(digit);
    return String(place < 0 ? ARABIC.indexOf(digit) : place);
  });
}

/** Write the digits of a text in those of the language. @param {string} language @param {string|number} text */
export function digits(language, text) {
  const latin = latinDigits(String(text));
  return language === "fa" ? latin.replace(/[0-9]/g, (digit) => SHOWN[Number(digit)]) : latin;
}

/** Write a count with separators of thousands. @param {string} language @param {number} count */
export function number(language, count) {
  const grouped = String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, language === "fa" ? "٬" : ",");
  return digits(language, grouped);
}

/** A whole number that was typed, or null. @param {string} text @returns {number|null} */
export function whole(text) {
  const latin = latinDigits(text.trim());
  return /^\d{1,15}$/.test(latin) ? Number(latin) : null;
}
