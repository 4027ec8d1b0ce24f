import { relativesNamed, relativesWith } from '#app/registry/relatives'
import { findByTokens, keptByTokens } from '#app/registry/token_records'
import type { ResidentRecords } from '#app/submissions/resident_records'

/** Family of the resident, whether their consent stands or was withdrawn. */
export const relativeRecords: ResidentRecords = {
  ...keptByTokens({
    name: 'relative',
    table: 'relatives',
    tokens: 'relative_tokens',
    of: 'relative_id',
  }),

  async find(resident) {
    const { clientId } = resident
    const found = await findByTokens(resident, {
      told: (tokens) => relativesWith(clientId, tokens),
      named: (ids) => relativesNamed(clientId, ids),
    })
    return found.map(({ one, isSure }) => ({
      id: one.id,
      at: new Date(`${one.consentOn}T00:00:00+09:00`),
      isSure,
      says: [
        ['name', one.name],
        ['relation', one.relation],
        ['phone', one.phone],
        ['address', `${one.postcode} ${one.address}`.trim()],
      ],
    }))
  },
}
