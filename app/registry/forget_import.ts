import { ledgerNameDays as importDays } from '#app/registry/ledger/take_ledger'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { destroyKeysOn } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

/** Has the file of an import, and what it would change, go after a while, as those of ledgers do. */
export async function forgetImport(t: Transition, { dataKeyId }: { dataKeyId: string }) {
  await destroyKeysOn(t.trx, [dataKeyId], addDays(today(), await importDays.value(t.trx)))
}
