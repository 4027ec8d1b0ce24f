import { frozenVersion } from '#app/catalog/frozen_version'
import { visibleTo } from '#app/identity/client_scope'
import type User from '#app/identity/user'
import { formatValue, type LayoutColumn } from '#app/orders/export_layout'
import { factsOf, type Facts } from '#app/orders/submission_facts'
import type ExportLayout from '#app/orders/export_layout'
import type WorkOrder from '#app/orders/work_order'
import { latestValuesOf, type StandingValue } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { csvFile, type CsvFile } from '#app/shared/csv_file'
import { transition } from '#app/shared/transition'

const BATCH = 500

export interface OrderValues extends CsvFile {
  rows: number
  /** of protected people: for named staff only */
  withheld: number
  /** receipt numbers of the rows in which characters are lacking */
  lacking: { receipt: string; characters: string[] }[]
}

/** A work order's agreed values in the client's own columns. */
export async function orderValues(
  user: User,
  order: WorkOrder,
  layout: ExportLayout
): Promise<OrderValues> {
  const rows = [layout.columns.map((column) => column.header)]
  const receipts: string[] = []
  for (let page = 1; ; page++) {
    const submissions = await visibleTo(Submission.query(), user)
      .where('workOrderId', order.id)
      .whereNotIn('state', ['erased', 'canceled'])
      .orderBy('createdAt')
      .orderBy('id')
      .forPage(page, BATCH)
    const values = await latestValuesOf(submissions)
    const facts = await factsOf(submissions, values)
    for (const submission of submissions) {
      const standing = values.get(submission.id)
      if (!standing) continue
      const version = await frozenVersion(submission.serviceVersionId)
      rows.push(
        layout.columns.map((column) =>
          formatValue(
            version,
            column,
            valueOf(order, submission, column, standing, facts.get(submission.id) ?? {})
          )
        )
      )
      receipts.push(submission.receipt)
    }
    if (submissions.length < BATCH) break
  }
  const { count } = await Submission.query()
    .where({ workOrderId: order.id, protected: true })
    .whereNotIn('state', ['erased', 'canceled'])
    .count('* as count')
    .pojo<{ count: string }>()
    .firstOrFail()
  await transition(async (t) => {
    t.recordRead({
      verb: 'values.exported',
      subject: { type: 'work_order', id: order.id },
      clientId: order.clientId,
      actorId: user.id,
      detail: { rows: rows.length - 1, encoding: layout.encoding },
    })
  })
  const file = csvFile(rows, layout.encoding)
  const byRow = Map.groupBy(file.unmapped, (one) => one.row)
  return {
    ...file,
    rows: rows.length - 1,
    withheld: user.seesProtected ? 0 : Number(count),
    lacking: [...byRow].map(([row, found]) => ({
      // The first row is that of the headings.
      receipt: receipts[row - 2] ?? '',
      characters: found.map((one) => one.character),
    })),
  }
}

function valueOf(
  order: WorkOrder,
  submission: Submission,
  { source, text }: LayoutColumn,
  standing: Map<string, StandingValue>,
  facts: Facts
): string {
  const own: Facts = {
    '@receipt': submission.receipt,
    '@arrived_on': submission.arrivedOn,
    '@channel': submission.channel,
    '@state': submission.state,
    '@order': String(order.number),
    '@text': text ?? '',
    '@blank': '',
    ...facts,
  }
  const [kind, field, option] = source.split(':')
  if (kind === 'option') return standing.get(field)?.value.split(',').includes(option) ? '1' : '0'
  if (source.startsWith('@') || kind === 'paper') return own[source] ?? ''
  return standing.get(source)?.value ?? ''
}
