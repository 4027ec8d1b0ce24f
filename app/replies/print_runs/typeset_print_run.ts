import PrintRun from '#app/replies/print_runs/print_run'
import { products } from '#app/replies/products/product'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { writeSealedFile } from '#app/core/sealed_files'
import { openSealer, openSealers } from '#app/core/sealing'
import { today } from '#app/core/clock'
import { transition } from '#app/core/transition'

/** Typesets a planned run as one document and keeps it sealed with a key of its own. */
export async function typesetPrintRun(runId: string): Promise<void> {
  await transition(async (t) => {
    const run = await PrintRun.query({ client: t.trx })
      .where({ id: runId, state: 'planned' })
      .forUpdate()
      .first()
    if (!run) return
    const sheets = await run
      .related('sheets')
      .query()
      .useTransaction(t.trx)
      .whereNot('state', 'pulled')
      .preload('reply')
      .orderBy('number')
    // Everything in it was pulled or erased: there is nothing to print.
    if (sheets.length === 0) return run.post(t, null)
    const sealers = await openSealers(
      sheets.map((sheet) => sheet.reply.dataKeyId),
      t.trx
    )
    const { pdf, ranges } = await products.get(run.product).typeset!(
      sheets.map((sheet) => ({
        letter: sealers
          .get(sheet.reply.dataKeyId)!
          .openJson<Letter>(letterSealContext(sheet.reply.id), sheet.reply.inputs!),
        sheet: {
          number: sheet.number,
          code: sheet.code,
          documentNumber: sheet.documentNumber ?? run.documentNumber,
          datedOn: run.datedOn ?? today(),
        },
      })),
      // Whatever else this process has to do goes on meanwhile.
      { apart: true }
    )
    for (const [index, sheet] of sheets.entries())
      await sheet.merge({ pages: ranges[index].to - ranges[index].from + 1 }).save()
    const file = await writeSealedFile(await openSealer(run.dataKeyId, t.trx), 'runs', pdf)
    await run.typeset(t, file)
    t.announce(`print-runs/${run.id}`)
    t.wake({ type: 'print_run', id: run.id })
  })
}
