import type { LayoutColumn } from '#app/clients/export_layout'
import type { Facts } from '#app/clients/submission_facts'
import type { StandingValue } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'

/** Finds what stands in a column of a layout for a submission, before it is formatted. */
export function sourceValue(
  { source, text }: LayoutColumn,
  row: {
    submission: Submission
    standing: Map<string, StandingValue>
    facts: Facts
    orderNumber: string
  }
): string {
  const { submission, standing, facts } = row
  const own: Facts = {
    '@receipt': submission.receipt,
    '@arrived_on': submission.arrivedOn,
    '@channel': submission.channel,
    '@state': submission.state,
    '@order': row.orderNumber,
    '@text': text ?? '',
    '@blank': '',
    ...facts,
  }
  const [kind, field, option] = source.split(':')
  if (kind === 'option') return standing.get(field)?.value.split(',').includes(option) ? '1' : '0'
  if (source.startsWith('@') || kind === 'paper') return own[source] ?? ''
  return standing.get(source)?.value ?? ''
}
