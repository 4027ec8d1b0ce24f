/** Rows that go into one statement: PostgreSQL takes 65,535 values. */
const PART = 5000

/** Divides rows into parts that one statement can take. */
export function inParts<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / PART) }, (_, index) =>
    rows.slice(index * PART, (index + 1) * PART)
  )
}
