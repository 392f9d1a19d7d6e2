/**
 * Jain's fairness index (Jain, Chiu and Hawe 1984): (Σx)² / (n Σx²). 1 where all have the same, 1/n where one has
 * everything; NaN of nobody, 1 where nobody has anything.
 * @param amounts 0 or more each
 */
export function jainIndex(amounts: readonly number[]): number {
  const most = amounts.reduce((max, x) => Math.max(max, x), 0)
  if (amounts.length > 0 && most === 0) return 1
  // In units of the greatest, so that no square overflows.
  const sum = amounts.reduce((total, x) => total + x / most, 0)
  const squares = amounts.reduce((total, x) => total + (x / most) * (x / most), 0)
  return (sum * sum) / (amounts.length * squares)
}
