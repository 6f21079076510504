const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;

/** `$5 and $6` are prices: a formula touches its marks, and no digit follows the closing one. */
const INLINE = /\$(?=[^\s$])(?:[^$\n\\]|\\.)*?[^\s$\\]\$(?!\d)|\$\S\$(?!\d)/;
const MARKS = /\$\$[\s\S]+?\$\$|\\\(.+?\\\)|\\\[[\s\S]+?\\\]/;

export function hasMath(text: string): boolean {
  return text
    .split(CODE)
    .some((part, index) => index % 2 === 0 && (MARKS.test(part) || INLINE.test(part)));
}

/** Lone dollars are escaped, and LaTeX's own marks written as the ones that Markdown knows. */
function toDollars(text: string): string {
  return text
    .replace(/\\\[([\s\S]+?)\\\]/g, (_all, formula) => `$$${formula}$$`)
    .replace(/\\\((.+?)\\\)/g, (_all, formula) => `$${formula}$`)
    .split(new RegExp(`(\\$\\$[\\s\\S]+?\\$\\$|${INLINE.source})`))
    .map((part, index) => (index % 2 === 0 ? part.replace(/(?<!\\)\$/g, "\\$") : part))
    .join("")
    .replace(/^[ \t]*\$\$([^$\n]+)\$\$[ \t]*$/gm, (_all, formula) => `$$\n${formula.trim()}\n$$`);
}

/** Text with formulas in the marks that remark-math reads; code is left alone. */
export function toMathMarks(text: string): string {
  return text
    .split(CODE)
    .map((part, index) => (index % 2 === 0 ? toDollars(part) : part))
    .join("");
}
