/** Shares out whole places by weights, none lost: the largest remainders get what is left (Hamilton's method). */
export function apportion(places: number, weights: number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const exact = weights.map((weight) => (sum === 0 ? 0 : (places * weight) / sum))
  const parts = exact.map(Math.floor)
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - parts[index] }))
    .sort((a, b) => b.remainder - a.remainder)
  const left = sum === 0 ? 0 : places - parts.reduce((total, part) => total + part, 0)
  for (const { index } of byRemainder.slice(0, left)) parts[index]++
  return parts
}
