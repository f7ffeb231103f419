// "0 B", "12 kB", "1.4 MB", "107 GB": in powers of ten, as disks are sold.
const units = ["B", "kB", "MB", "GB", "TB", "PB"];

export function bytes(value: number): string {
  let left = value;
  let unit = 0;
  // Before it would be shown as 1000 of the smaller one.
  while (left >= 999.5 && unit < units.length - 1) {
    left /= 1000;
    unit++;
  }
  const digits = unit > 0 && left < 9.95 ? 1 : 0;
  return `${left.toFixed(digits)} ${units[unit]}`;
}
