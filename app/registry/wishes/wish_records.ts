import db from '@adonisjs/lucid/services/db'
import ReplyWish from '#app/registry/wishes/reply_wish'
import { openWishes } from '#app/registry/wishes/wishes_of'
import { findByTokens, keptByTokens } from '#app/registry/token_records'
import Mail from '#app/core/mail/mail'
import type { ResidentRecords } from '#app/submissions/resident_records'

/** The resident's wishes for how to be answered, now and before. */
export const wishRecords: ResidentRecords = {
  ...keptByTokens({
    name: 'reply_wish',
    table: 'reply_wishes',
    tokens: 'reply_wish_tokens',
    of: 'wish_id',
    async erased(t, id, actorId) {
      const { mailId } = await ReplyWish.query({ client: t.trx }).where('id', id).firstOrFail()
      if (mailId) await Mail.withdrawAll(t, [mailId], actorId)
    },
  }),

  async find(resident) {
    const wishes = () => ReplyWish.query().where('clientId', resident.clientId).orderBy('createdAt')
    const found = await findByTokens(resident, {
      told: async (tokens) =>
        tokens.length === 0
          ? []
          : wishes().whereIn(
              'id',
              db.from('reply_wish_tokens').whereIn('token', tokens).select('wish_id')
            ),
      named: async (ids) => wishes().whereIn('id', ids),
    })
    const sure = new Map(found.map(({ one, isSure }) => [one.id, isSure]))
    const opened = await openWishes(found.map(({ one }) => one))
    return opened.map(({ row, email }) => ({
      id: row.id,
      at: row.createdAt.toJSDate(),
      isSure: sure.get(row.id)!,
      says: [
        ['email', email],
        ['type_size', row.typeSize === null ? '' : `${row.typeSize} pt`],
      ],
    }))
  },
}
