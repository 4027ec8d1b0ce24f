import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Wraps all data keys with the newest of SEALING_KEYS. */
export default class KeyRotate extends BaseCommand {
  static commandName = 'key:rotate'
  static description =
    'Wrap all data keys with the newest of SEALING_KEYS, and write the search tokens anew'
  static options: CommandOptions = { startApp: true }

  override async run() {
    const { rotateKeys } = await import('#app/submissions/rotate_keys')
    const { rotateRegister } = await import('#app/registry/rotate_register')
    const { rotateLedger } = await import('#app/registry/ledger/rotate_ledger')
    const { dataKeys, submissions } = await rotateKeys()
    const { refreshContentHashes } = await import('#app/intake/content_hash')
    const files = await refreshContentHashes()
    const registered = await rotateRegister()
    const expected = await rotateLedger()
    const { countUnsealedNumbers, rotateRefusedNumbers } =
      await import('#app/registry/refused_numbers')
    const refused = await rotateRefusedNumbers()
    const unsealed = await countUnsealedNumbers()
    if (unsealed > 0)
      this.logger.warning(
        `${unsealed} refused numbers are found by the key before alone: keep it in SEALING_KEYS`
      )
    this.logger.success(
      `${dataKeys} data keys wrapped anew, search tokens of ${submissions} submissions, hashes of ${files} files, ${registered} registered people, ${refused} refused numbers and ${expected} rows of ledgers written`
    )
  }
}
