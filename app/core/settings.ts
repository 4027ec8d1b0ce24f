import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import { Registry } from '#app/core/registry'

/** Sections of the settings screen, in order. */
export const SETTING_SECTIONS = ['safety', 'desk', 'work', 'kept'] as const

export interface SettingRules {
  /** room and name: 'desk.hold_minutes'; its words stand under its key in the language files */
  name: string
  section: (typeof SETTING_SECTIONS)[number]
  unit: 'minutes' | 'days' | 'working_days' | 'choice'
  /** of a choice: what its numbers mean, from 0 on; words under the setting's key */
  choices?: readonly string[]
  /** holds as long as nobody has set another */
  fallback: number
  min: number
  max: number
}

/** A number that an administrator can set on a screen. */
export class Setting implements SettingRules {
  readonly name: string
  readonly section: SettingRules['section']
  readonly unit: SettingRules['unit']
  readonly fallback: number
  readonly min: number
  readonly max: number
  readonly choices?: readonly string[]

  constructor({ name, section, unit, fallback, min, max, choices }: SettingRules) {
    this.name = name
    this.section = section
    this.unit = unit
    this.fallback = fallback
    this.min = min
    this.max = max
    this.choices = choices
  }

  /** Names it where dots mean something: in forms and in the language files. */
  get key(): string {
    return this.name.replace('.', '_')
  }

  /** Reads what holds now. */
  async value(client: Queries = db): Promise<number> {
    const row: { value: number } | null = await client
      .from('settings')
      .where('name', this.name)
      .select('value')
      .first()
    return row?.value ?? this.fallback
  }

  /**
   * Sets another number, with an event that says what held before. One that is as it comes is forgotten, so that it
   * follows the product.
   */
  async set(t: Transition, number: number, by: { id: string; organizationId: string }) {
    const { name, fallback } = this
    const before = await this.value(t.trx)
    if (before === number) return
    if (number === fallback) await t.trx.from('settings').where('name', name).delete()
    else
      await t.trx.rawQuery(
        `insert into settings (name, value, changed_by) values (:name, :number, :by)
         on conflict (name) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = now()`,
        { name, number, by: by.id }
      )
    t.recordOnly({
      verb: 'setting.changed',
      subject: { type: 'organization', id: by.organizationId },
      actorId: by.id,
      detail: { name, from: before, to: number },
    })
  }
}

/** The settings of this installation; each room registers its own. */
export const settings = new Registry<Setting>('setting')
