import type { Text } from '#app/catalog/description'

export interface KeyingGuide {
  general: { ja: string[]; en: string[] }
  fields: Record<string, Text>
  examples?: GuideExample[]
}

/** Writing as it comes, and what is keyed for it. */
export interface GuideExample {
  field: string
  /** name of the picture (PNG) among the kit's files */
  picture: string
  /** what is keyed */
  key: string
  why?: Text
}

/** The examples of each field. */
export function examplesByField({ examples }: KeyingGuide): Record<string, GuideExample[]> {
  return Object.fromEntries(Map.groupBy(examples ?? [], (example) => example.field))
}
