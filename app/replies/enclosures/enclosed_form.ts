import { EnclosedFormSchema } from '#database/schema'
import type { PageSize } from '#app/catalog/description'
import type { BlankRefusal } from '#app/reading/layout/read_blank'
import type { FormPlace } from '#app/replies/enclosures/form_place'
import { moveRow, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'
import { column } from '@adonisjs/lucid/orm'

export type EnclosedFormState = 'received' | 'refused' | 'found' | 'kept'

/** `not_pdf`: a picture of a form; `not_filled`: its pages can't be put behind a letter, as a form of XFA; `turned`: a scan that lies askew */
export type FormRefusal = BlankRefusal | 'not_pdf' | 'not_filled' | 'turned'

const RULES: StateRules<EnclosedFormState> = {
  table: 'enclosed_forms',
  subject: 'enclosed_form',
  from: { received: [], refused: ['received'], found: ['received'], kept: [] },
}

const json = <T>() => ({ prepare: (value: T) => JSON.stringify(value) })

/**
 * A department's own blank form (PDF) that goes with a letter, filled in. One of a template can be changed; what its
 * versions print is kept as it was then. Its state changes by its methods alone, each with its event.
 */
export default class EnclosedForm extends EnclosedFormSchema {
  static table = 'enclosed_forms'
  declare state: EnclosedFormState
  declare reason: FormRefusal | null
  @column(json<PageSize[]>())
  declare pages: PageSize[]
  @column(json<FormPlace[]>())
  declare places: FormPlace[]

  /** Its places are found; somebody says what comes there. */
  async find(
    t: Transition,
    { pages, places }: Pick<EnclosedForm, 'pages' | 'places'>
  ): Promise<void> {
    Object.assign(this, { pages, places })
    await moveRow(t, RULES, this, 'found', { detail: { places: places.length } })
  }

  /** It can't be used; another may be handed in. */
  async refuse(t: Transition, reason: FormRefusal): Promise<void> {
    Object.assign(this, { reason, file: null })
    await moveRow(t, RULES, this, 'refused', { detail: { reason } })
  }
}
