import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import { SubmissionSchema } from '#database/schema'
import ServiceVersion from '#app/catalog/service_version'
import Page from '#app/intake/page'
import Revision from '#app/submissions/revision'

export type SubmissionState =
  | 'collecting'
  | 'reading'
  | 'keying'
  | 'adjudicating'
  | 'verified'
  | 'handing_over'
  | 'replying'
  | 'closed'
  | 'held'
  | 'canceled'
  | 'erased'

/** One resident's request, by any channel. */
export default class Submission extends SubmissionSchema {
  declare state: SubmissionState

  @belongsTo(() => ServiceVersion)
  declare serviceVersion: BelongsTo<typeof ServiceVersion>

  @hasMany(() => Page)
  declare pages: HasMany<typeof Page>

  @hasMany(() => Revision)
  declare revisions: HasMany<typeof Revision>

  /** By what a home worker's exposures are linked: the envelope, else the submission alone. */
  get linkageId(): string {
    return this.envelopeId ?? this.id
  }
}
