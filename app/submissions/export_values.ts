import { typed } from '#app/catalog/kinds'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import { visibleTo } from '#app/identity/client_scope'
import type User from '#app/identity/user'
import { latestValuesOf } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { codePoint, csvFile, lackingIn, type CsvEncoding, type CsvFile } from '#app/shared/csv_file'
import { transition } from '#app/shared/transition'

const BATCH = 500

/**
 * The agreed values of a person's own client as CSV. In CP932 a last column lists the characters that the encoding
 * lacks.
 */
export async function exportValues(user: User, encoding: CsvEncoding): Promise<CsvFile> {
  const visible = visibleTo(Service.query(), user).select('id')
  const versions = new Map(
    (await ServiceVersion.query().whereIn('serviceId', visible).orderBy('number')).map(
      (version) => [version.id, version]
    )
  )
  const fields = [
    ...new Set(
      [...versions.values()].flatMap((version) => version.fields.map((field) => field.key))
    ),
  ]
  const rows = [
    ['受付番号', '到着日', '状態', ...fields, ...(encoding === 'cp932' ? ['外字'] : [])],
  ]
  for (let page = 1; ; page++) {
    const submissions = await visibleTo(Submission.query(), user)
      .whereNotIn('state', ['erased', 'canceled'])
      .orderBy('createdAt')
      .orderBy('id')
      .forPage(page, BATCH)
    const values = await latestValuesOf(submissions)
    for (const submission of submissions) {
      const standing = values.get(submission.id)
      if (!standing) continue
      const version = versions.get(submission.serviceVersionId)!
      const cells = [
        submission.receipt,
        submission.arrivedOn,
        submission.state,
        ...fields.map((key) => cell(version, key, standing.get(key)?.value ?? '')),
      ]
      rows.push(
        encoding === 'cp932' ? [...cells, lackingIn(cells).map(codePoint).join(' ')] : cells
      )
    }
    if (submissions.length < BATCH) break
  }
  await transition(async (t) => {
    t.recordRead({
      verb: 'values.exported',
      subject: { type: 'organization', id: user.organizationId },
      clientId: user.organizationId,
      actorId: user.id,
      detail: { rows: rows.length - 1, encoding },
    })
  })
  return csvFile(rows, encoding)
}

/** Dates as dates, the rest as it is compared. */
function cell(version: ServiceVersion, key: string, value: string): string {
  const field = version.fields.find((one) => one.key === key)
  return field && field.kind !== 'era_date' ? typed(field, value) : value
}
