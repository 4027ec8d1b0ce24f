import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import { Registry } from '#app/core/registry'

/** Sections of the settings screen, in order. */
export const SETTING_SECTIONS = ['letterhead', 'safety', 'desk', 'work', 'post', 'kept'] as const

export interface SettingRules {
  /** room and name: 'desk.hold_minutes'; its words stand under its key in the language files */
  name: string
  section: (typeof SETTING_SECTIONS)[number]
}

/** A row of a setting that somebody has set; one of the two is null. */
export interface SettingRow {
  value: number | null
  text: string | null
}

type ChangedBy = { id: string; organizationId: string }

/** Something that an administrator can set on a screen. */
export abstract class Setting {
  readonly name: string
  readonly section: SettingRules['section']
  /** the field it is typed into */
  abstract readonly field: 'number' | 'choice' | 'line' | 'lines'

  constructor({ name, section }: SettingRules) {
    this.name = name
    this.section = section
  }

  /** Names it where dots mean something: in forms and in the language files. */
  get key(): string {
    return this.name.replace('.', '_')
  }

  /** Says in a word why what was typed can't be taken; null where it can. */
  abstract problemWith(typed: string): string | null

  /** Shows what holds, as it would be typed. */
  abstract shown(row: SettingRow | null): string

  /**
   * Sets what was typed, with an event. What is as it comes is forgotten, so that it follows the product.
   * @param typed something that `problemWith` finds nothing wrong with
   */
  async take(t: Transition, typed: string, by: ChangedBy): Promise<void> {
    const { name } = this
    const row = await this.row(t.trx)
    const before = this.shown(row)
    const after = this.shown(this.kept(typed))
    if (before === after) return
    if (after === this.shown(null)) await t.trx.from('settings').where('name', name).delete()
    else
      await t.trx.rawQuery(
        `insert into settings (name, value, text, changed_by)
         select :name, k.value, k.text, :by from jsonb_to_record(cast(:kept as jsonb)) as k (value integer, text text)
         on conflict (name) do update set value = excluded.value, text = excluded.text, changed_by = excluded.changed_by, changed_at = now()`,
        { name, kept: JSON.stringify(this.kept(typed)), by: by.id }
      )
    t.recordOnly({
      verb: 'setting.changed',
      subject: { type: 'organization', id: by.organizationId },
      actorId: by.id,
      detail: { name, ...this.difference(before, after) },
    })
  }

  /** Shows what holds now, as it would be typed. */
  async now(client: Queries): Promise<string> {
    return this.shown(await this.row(client))
  }

  protected async row(client: Queries): Promise<SettingRow | null> {
    return client.from('settings').where('name', this.name).select('value', 'text').first()
  }

  protected abstract kept(typed: string): SettingRow

  protected abstract difference(before: string, after: string): Record<string, string | number>
}

/** The settings of this installation; each room registers its own. */
export const settings = new Registry<Setting>('setting')
