/**
 * The condition that a request is closed to somebody, for `:user`: it is of a protected person (支援措置), and they
 * haven't opened it for a reason a moment ago.
 * @param submission the name under which the query has the table of submissions
 */
export function closedTo(submission: string): string {
  return `(${submission}.protected and not exists (
    select 1 from openings o where o.submission_id = ${submission}.id and o.user_id = :user and o.until > now()))`
}
