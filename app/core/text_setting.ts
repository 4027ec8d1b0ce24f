import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import { Setting, type SettingRow, type SettingRules } from '#app/core/settings'

interface TextRules extends SettingRules {
  /** a line, or as many as are typed */
  field: 'line' | 'lines'
  fallback?: readonly string[]
  /** Says why these lines can't be taken; they are trimmed, and none is empty. */
  problem?(lines: string[]): string | null
}

const MAX_LINE = 120
const MAX_LINES = 400

/** Words: one line of them, or a list. */
export class TextSetting extends Setting {
  readonly field: TextRules['field']
  readonly fallback: readonly string[]
  readonly #problem: NonNullable<TextRules['problem']>

  constructor({ field, fallback = [], problem = () => null, ...rules }: TextRules) {
    super(rules)
    this.field = field
    this.fallback = fallback
    this.#problem = problem
  }

  /** Reads the lines that hold now. */
  async lines(client: Queries = db): Promise<string[]> {
    return linesIn(this.shown(await this.row(client)))
  }

  /** Reads the one line that holds now; '' where none does. */
  async line(client: Queries = db): Promise<string> {
    return (await this.lines(client))[0] ?? ''
  }

  problemWith(typed: string) {
    const lines = linesIn(typed)
    if (this.field === 'line' && lines.length > 1) return 'one_line'
    if (lines.length > MAX_LINES || lines.some((line) => line.length > MAX_LINE)) return 'too_long'
    return lines.length === 0 ? null : this.#problem(lines)
  }

  shown(row: SettingRow | null): string {
    return row?.text ?? this.fallback.join('\n')
  }

  protected kept(typed: string): SettingRow {
    const lines = linesIn(typed)
    return { value: null, text: (lines.length > 0 ? lines : this.fallback).join('\n') }
  }

  protected difference(before: string, after: string) {
    const [from, to] = [linesIn(before), linesIn(after)]
    return {
      added: to.filter((line) => !from.includes(line)).join('、'),
      removed: from.filter((line) => !to.includes(line)).join('、'),
    }
  }
}

function linesIn(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
}
