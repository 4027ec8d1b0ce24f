import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import { Setting, type SettingRow, type SettingRules } from '#app/core/settings'
import { typedNumber } from '#app/core/typed_number'

interface NumberRules extends SettingRules {
  unit: 'minutes' | 'hour' | 'days' | 'working_days' | 'percent' | 'groups' | 'yen' | 'choice'
  /** of a choice: what its numbers mean, from 0 on; words under the setting's key */
  choices?: readonly string[]
  /** holds as long as nobody has set another */
  fallback: number
  min: number
  max: number
}

/** A number, or one of some choices. */
export class NumberSetting extends Setting {
  readonly unit: NumberRules['unit']
  readonly fallback: number
  readonly min: number
  readonly max: number
  readonly choices?: readonly string[]

  constructor({ unit, fallback, min, max, choices, ...rules }: NumberRules) {
    super(rules)
    this.unit = unit
    this.fallback = fallback
    this.min = min
    this.max = max
    this.choices = choices
  }

  get field() {
    return this.choices ? ('choice' as const) : ('number' as const)
  }

  /** Reads what holds now. */
  async value(client: Queries = db): Promise<number> {
    return (await this.row(client))?.value ?? this.fallback
  }

  problemWith(typed: string) {
    const number = typedNumber(typed)
    if (Number.isNaN(number)) return 'not_a_number'
    if (number < this.min) return 'too_small'
    return number > this.max ? 'too_large' : null
  }

  shown(row: SettingRow | null): string {
    return String(row?.value ?? this.fallback)
  }

  protected kept(typed: string): SettingRow {
    return { value: typedNumber(typed), text: null }
  }

  protected difference(before: string, after: string) {
    return { from: Number(before), to: Number(after) }
  }
}
