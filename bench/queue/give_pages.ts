import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { receiveScan } from '#app/intake/receive_scan'
import User from '#app/people/user'
import { asPdf, makeSample } from '#app/samples/make_sample'

const SEED = 20_261_130
const READ_WITHIN_S = 120

/**
 * Lets the worker read one form, and gives its pages and cut pictures to every request that waits.
 * @returns what is written on it, by field
 */
export async function givePages(): Promise<Record<string, string>> {
  const service = await Service.findByOrFail('slug', 'vaccination')
  const version = await newestVersion(service.id)
  const sample = await makeSample(version.description, version.number, SEED, today())
  const received = await receiveScan(await User.findByOrFail('login', 'madoguchi'), service, {
    key: newId(),
    name: 'bench.pdf',
    content: await asPdf(sample.pages),
  })
  if (!received.ok) throw new Error('The form was not taken in')
  const read = await submissionOf(received.scan.id)
  await db.transaction(async (trx) => {
    const pages = await trx.from('pages').where('submission_id', read)
    for (const [side, { id, number }] of pages.entries()) {
      await trx.rawQuery(
        `insert into pages select made.* from pages p,
           (select id, row_number() over () as n from submissions where state = 'keying' and id <> :read) s,
           jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'submission_id', s.id,
             'number', s.n * :sides + :side + :number)) made
         where p.id = :id`,
        { id, read, number, side, sides: pages.length + 1 }
      )
    }
    await trx.rawQuery(
      `insert into snippets (page_id, group_key, data_key_id, file)
       select p.id, n.group_key, n.data_key_id, n.file
       from pages p
       join pages from_page on from_page.submission_id = :read and from_page.form_page = p.form_page
       join snippets n on n.page_id = from_page.id
       where p.submission_id <> :read and p.state = 'matched'`,
      { read }
    )
  })
  // As in a database that has grown day by day: only its owner may.
  await db.connection('owner').rawQuery('vacuum analyze')
  return sample.values
}

async function submissionOf(scanId: string): Promise<string> {
  for (let waited = 0; waited < READ_WITHIN_S; waited++) {
    const row: { id: string } | null = await db
      .from('pages')
      .join('submissions', 'submissions.id', 'pages.submission_id')
      .where({ 'pages.scan_id': scanId, 'submissions.state': 'keying' })
      .select('submissions.id')
      .first()
    if (row) return row.id
    await sleep(1000)
  }
  throw new Error('The form was not read')
}
