import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { PageSchema } from '#database/schema'
import ServiceVersion from '#app/catalog/service_version'
import Scan from '#app/intake/scan'

/** One page of a scan. Its pictures are sealed with its own data key. */
export default class Page extends PageSchema {
  static protectedWhen =
    'exists (select 1 from submissions guarded where guarded.id = pages.submission_id and guarded.protected)'

  declare state: 'pending' | 'read' | 'matched' | 'identify' | 'set_aside'

  @belongsTo(() => Scan)
  declare scan: BelongsTo<typeof Scan>

  @belongsTo(() => ServiceVersion)
  declare serviceVersion: BelongsTo<typeof ServiceVersion>
}
