type Value = string | number | boolean | null | undefined | readonly string[];

/**
 * `/api/v1/projects/{projectId}` with its parts filled in and its query behind it. What is undefined or empty is left
 * out; null is how the API says “none”.
 */
export function addressOf(
  template: string,
  parts: Readonly<Record<string, string | number>> = {},
  query: Readonly<Record<string, Value>> = {},
): string {
  const path = template.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`${template} needs ${name}`);
    return encodeURIComponent(part);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = textOf(value);
    if (text !== '') search.set(name, text);
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

function textOf(value: Value): string {
  if (value === undefined) return '';
  if (value === null) return 'none';
  return Array.isArray(value) ? value.join(',') : String(value);
}
