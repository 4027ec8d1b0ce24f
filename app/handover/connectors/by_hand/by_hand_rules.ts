import vine from '@vinejs/vine'
import type { Text } from '#app/catalog/description'
import type { ServiceHandover } from '#app/catalog/handover_rules'

/** One thing that is done in the other site, and the values that are put in there. */
export interface Step {
  text: Text
  fields: string[]
}

/** A site of others without a way in for programs: somebody registers there by hand. */
export interface ByHandHandover extends ServiceHandover {
  connector: 'by_hand'
  site: { name: Text; url: string }
  steps: Step[]
  /** what the site calls a registration; like an example, where it has always the same shape */
  number: { label: Text; example?: string }
}

const text = () => vine.object({ ja: vine.string(), en: vine.string() })

export const byHandSchema = () => ({
  site: vine.object({ name: text(), url: vine.string().url({ protocols: ['https', 'http'] }) }),
  steps: vine
    .array(vine.object({ text: text(), fields: vine.array(vine.string()) }))
    .minLength(1)
    .maxLength(30),
  number: vine.object({ label: text(), example: vine.string().maxLength(40).optional() }),
})

/** @throws where a service isn't registered by hand */
export function byHandOf(handover: ServiceHandover): ByHandHandover {
  if (handover.connector !== 'by_hand') throw new Error('Not a service that is registered by hand')
  return handover as ByHandHandover
}

/** Returns a number as it is compared and kept: narrow, without spaces around. */
export function plainNumber(typed: string): string {
  return typed.normalize('NFKC').trim()
}

/** Whether a number looks like the example: digits where it has digits, letters where it has letters. */
export function looksLike(number: string, example: string | undefined): boolean {
  return example === undefined || shapeOf(number) === shapeOf(plainNumber(example))
}

function shapeOf(number: string): string {
  return number.replace(/\d/g, '0').replace(/\p{L}/gu, 'A')
}
