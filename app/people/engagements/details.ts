import { DateTime } from 'luxon'
import { OperatorDetailSchema } from '#database/schema'
import type User from '#app/people/user'
import { createSealer, openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** Somebody to be called in an emergency. */
export interface EmergencyContact {
  name: string
  relation: string
  /** digits */
  phone: string
}

/** The bank account that pay goes to. */
export interface Account {
  /** four and three digits, as banks are numbered (統一金融機関番号) */
  bank: string
  branch: string
  kind: 'ordinary' | 'checking'
  /** seven digits */
  number: string
  /** in kana, as the bank has it */
  holder: string
}

/** Other facts about somebody who works for the center. */
export interface Details {
  languages: string | null
  invoice: 'registered' | 'exempt' | null
  /** T and 13 digits */
  invoiceNumber: string | null
  leavingReason: string | null
  movedOnTo: string | null
  /** null: nobody is named */
  contact: EmergencyContact | null
  /** undefined: as it was; it is never shown whole to be typed over */
  account: Account | undefined
}

type Sealed = 'contact' | 'account'
const sealContext = (what: Sealed, id: string) => `operator_details.${what}:${id}`

class OperatorDetails extends OperatorDetailSchema {
  static override primaryKey = 'userId'
  static override selfAssignPrimaryKey = true
}

/** Keeps details of somebody. @returns false where somebody else has changed them since they stood on the screen */
export async function keepDetails(
  actor: User,
  person: User,
  { contact, account, ...plain }: Details,
  seen: string
): Promise<boolean> {
  return transition(async (t) => {
    await t.trx.rawQuery('select id from users where id = ? for no key update', [person.id])
    const known = await OperatorDetails.find(person.id, { client: t.trx })
    if (seen !== (known?.changedAt.toISO() ?? '')) return false
    const sealer = known
      ? await openSealer(known.dataKeyId, t.trx)
      : await createSealer(t.trx, 'operator_details')
    const place = (what: Sealed) => sealContext(what, person.id)
    await (known ?? new OperatorDetails().useTransaction(t.trx))
      .merge({
        ...plain,
        userId: person.id,
        dataKeyId: sealer.dataKeyId,
        contact: contact && sealer.sealJson(place('contact'), contact),
        ...(account ? { account: sealer.sealJson(place('account'), account) } : {}),
        changedBy: actor.id,
        changedAt: DateTime.now(),
      })
      .save()
    t.recordOnly({
      verb: 'operator.details_changed',
      subject: { type: 'user', id: person.id },
      actorId: actor.id,
      // That the account changed is what somebody looks for when pay went astray.
      detail: { account: account !== undefined },
    })
    return true
  })
}

/** Opens what is known of somebody; of the account as much as tells which it is. */
export async function openDetails(userId: string) {
  const kept = await OperatorDetails.find(userId)
  if (!kept) return { plain: null, contact: null, account: null, seen: '' }
  const sealer = await openSealer(kept.dataKeyId)
  const account =
    kept.account && sealer.openJson<Account>(sealContext('account', userId), kept.account)
  return {
    plain: kept,
    contact:
      kept.contact &&
      sealer.openJson<EmergencyContact>(sealContext('contact', userId), kept.contact),
    account: account && {
      kind: account.kind,
      masked: `${account.bank}-${account.branch} ****${account.number.slice(-3)}`,
    },
    seen: kept.changedAt.toISO() ?? '',
  }
}
