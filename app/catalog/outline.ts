import type { ServiceFiles } from '#app/catalog/description'

type Parts = [label: string, says: string][]

/** A thing that a definition speaks of: the service, a group, a field, a letter. */
export interface Outlined {
  /** the same in the next definition */
  id: string
  title: string
  /** label of a part, and what it says; empty where it says nothing */
  parts: Parts
}

/** The words of the screens, as far as definitions need them. */
export interface Say {
  t(key: string, data?: Record<string, string | number>): string
  /** what people call a field, or a group (`group.key`) */
  labelOf(key: string | undefined): string
  yes(is: boolean | undefined): string
  /** a part in Japanese and in English */
  inBoth(label: string, text?: { ja?: string | string[]; en?: string | string[] }): Parts
}

/** @param names what people call groups and fields, by their keys */
export function sayer(t: Say['t'], names: ReadonlyMap<string, string>): Say {
  return {
    t,
    labelOf: (key = '') => names.get(key) ?? key,
    yes: (is) => t(is ? 'common.yes' : 'common.no'),
    inBoth: (label, { ja, en } = {}) => [
      [label, listed(ja)],
      [t('studio.in_english', { label }), listed(en)],
    ],
  }
}

/** Lists what people call the groups and fields of a definition, by their keys. */
export function namesIn(
  { groups }: ServiceFiles,
  locale: 'ja' | 'en'
): [key: string, name: string][] {
  return groups.flatMap((group) => [
    [`group.${group.key}`, group.label[locale]] as [string, string],
    ...group.fields.map(({ key, label }): [string, string] => [key, label[locale]]),
  ])
}

export function listed(says: string | string[] | undefined): string {
  return Array.isArray(says) ? says.join('\n') : (says ?? '')
}
