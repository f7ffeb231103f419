// Between the API's times and the field of a form that takes a day and a time in the reader's zone
// (<input type="datetime-local">, "2026-11-26T21:53").

export function toLocalField(at: string | null | undefined): string {
  const time = new Date(at ?? "");
  if (Number.isNaN(time.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

// null: none. What is no time goes to the server as it is, which says what is wrong with it.
export function fromLocalField(text: string): string | null {
  if (text.trim() === "") return null;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}
