import type User from '#app/people/user'
import { confirmWish, keepWish } from '#app/registry/wishes/keep_wish'
import { NOBODY } from '#app/registry/registered_person'
import ReplyWish from '#app/registry/wishes/reply_wish'
import { openWishes } from '#app/registry/wishes/wishes_of'
import { today } from '#app/core/clock'

/** 山田 はるゑ wants to be answered so; an address is confirmed. */
export async function givenWish(
  user: User,
  clientId: string,
  { typeSize = null, email = '' }: { typeSize?: 12 | 14 | 18 | 22 | null; email?: string }
): Promise<ReplyWish> {
  const id = await keepWish(user, {
    clientId,
    of: { ...NOBODY, name: '山田 はるゑ', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
    typeSize,
    email,
    agreedOn: today(),
  })
  const row = await ReplyWish.findOrFail(id)
  const [{ code }] = await openWishes([row])
  if (email !== '') await confirmWish(user, row.id, code)
  return row.refresh()
}
