import db from '@adonisjs/lucid/services/db'
import { EarlierLists } from '#app/mailings/list/earlier_lists'
import { held, heldContacts } from '#app/mailings/list/held_contacts'
import { myNumberIn, openMatched } from '#app/mailings/list/list_columns'
import { ProofChoice, proofsSealContext } from '#app/mailings/list/proofs'
import Mailing, { SHIFTED } from '#app/mailings/mailing'
import { lockMailing } from '#app/mailings/own_mailing'
import { templateOf } from '#app/mailings/templates/template_versions'
import { checkRow, type CheckedRow } from '#app/replies/compose/check_row'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { doomFiles } from '#app/core/doomed_files'
import { inBatches } from '#app/core/in_batches'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import type { RefusedTable, TableRow } from '#app/core/tables/table'
import { transition } from '#app/core/transition'

const AT_ONCE = 500

/**
 * Looks at every row of a list: what is wrong with it, and whether its person may be written to. Begun anew where a
 * worker died in the middle.
 */
export async function checkList(id: string): Promise<void> {
  await withClaim('mailing', id, 'checking', async (attempt) => {
    const mailing = await Mailing.findOrFail(id)
    if (attempt > MAX_ATTEMPTS) return refuse(id, 'mailings.given_up')
    const words = await templateOf(mailing)
    const sealer = await openSealer(mailing.dataKeyId)
    const content = await readSealedFile(sealer, mailing.file!)
    const opened = await openMatched(content, words, mailing.matching)
    const word = myNumberIn(opened.headings ?? [])
    if (word) return forget(id, word)
    if (!opened.ok) return refuse(id, `tables.${opened.reason}`, opened)
    await transition(async (t) => {
      if ((await lockMailing(t, id, 'checking'))?.attempts !== attempt) return
      await t.trx.from('mailing_rows').where('mailing_id', id).delete()
      await t.trx
        .from('mailings')
        .where('id', id)
        .update({
          rows_done: 0,
          rows_total: opened.count,
          headings: JSON.stringify(opened.headings),
        })
    })
    const seen = new Map<string, number>()
    const going: { row: number; postcode: string }[] = []
    const proofs = new ProofChoice()
    const earlier = new EarlierLists(mailing.clientId)
    for await (const part of inBatches(opened.rows(), AT_ONCE)) {
      const checked: CheckedRow[] = []
      for (const row of part)
        checked.push(await checkRow(row, { template: words, size: mailing.typeSize, seen }))
      await earlier.look(
        checked.flatMap((one) => (one.ok ? [{ row: one.row, to: one.letter.to }] : []))
      )
      const rows = await withContacts(mailing, opened.headings, part, checked)
      if (!(await keepRows(id, attempt, rows))) return
      for (const [index, { row, state, postcode }] of rows.entries()) {
        if (state !== 'going') continue
        going.push({ row, postcode })
        const one = checked[index]
        if (one.ok) proofs.add(one.letter, part[index].cells.join('').length)
      }
    }
    await keepPlaces(id, going)
    await transition(async (t) => {
      const open = await lockMailing(t, id, 'checking')
      if (open?.attempts !== attempt) return
      const { shift } = earlier
      if (shift && !open.comparedBy)
        return open.refuse(t, { reason: SHIFTED, detail: { ...shift } })
      const kept = sealer.sealJson(proofsSealContext(id), proofs.chosen)
      await open.merge({ proofs: kept, letters: going.length }).finishCheck(t)
    })
  })
}

interface KeptRow {
  row: number
  state: 'going' | 'held'
  reasons: string[]
  postcode: string
}

/** Asks of those that could go whether their persons may be written to. */
async function withContacts(
  { clientId }: Mailing,
  headings: string[],
  part: TableRow[],
  checked: CheckedRow[]
): Promise<KeptRow[]> {
  const stopped = await heldContacts(
    clientId,
    headings,
    part.filter((_row, index) => checked[index].ok)
  )
  return checked.map((one) => {
    const reasons = one.ok ? (stopped.get(one.row) ?? []) : one.reasons
    const postcode = one.ok ? one.letter.to.postcode : ''
    return { row: one.row, reasons, postcode, state: held(reasons) }
  })
}

async function keepRows(id: string, attempt: number, rows: KeptRow[]): Promise<boolean> {
  return transition(async (t) => {
    const open = await lockMailing(t, id, 'checking')
    // Another worker has begun anew, when this one's claim ran out.
    if (open?.attempts !== attempt) return false
    await t.trx.table('mailing_rows').multiInsert(
      rows.map(({ row, state, reasons }) => ({
        mailing_id: id,
        row,
        state,
        reasons: JSON.stringify(reasons),
      }))
    )
    await open.merge({ rowsDone: open.rowsDone + rows.length }).save()
    t.announce(`mailings/${id}`)
    return true
  })
}

/** Letters lie in the order of their postcodes. */
async function keepPlaces(id: string, going: { row: number; postcode: string }[]): Promise<void> {
  const rows = going
    .toSorted((one, other) => one.postcode.localeCompare(other.postcode) || one.row - other.row)
    .map(({ row }) => row)
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await db.rawQuery(
      `update mailing_rows set place = :from + found.place
       from unnest(cast(:rows as int[])) with ordinality as found (row, place)
       where mailing_rows.mailing_id = :id and mailing_rows.row = found.row`,
      { id, from, rows: rows.slice(from, from + AT_ONCE) }
    )
}

async function refuse(
  id: string,
  reason: string,
  { columns = '', row = 0, headings }: Partial<RefusedTable> = {}
): Promise<void> {
  await transition(async (t) => {
    const open = await lockMailing(t, id, 'checking')
    if (headings) open?.merge({ headings })
    await open?.refuse(t, { reason, detail: { columns, row } })
  })
}

/** There are My Numbers in it: nothing of the list is kept. */
async function forget(id: string, word: string): Promise<void> {
  await transition(async (t) => {
    const open = await lockMailing(t, id, 'checking')
    if (!open) return
    await doomFiles(t, open.file ? [open.file] : [])
    await open
      .merge({ file: null, headings: null })
      .refuse(t, { reason: 'mailings.my_number', detail: { word } })
  })
}
