import type { SchemaTypes } from '@vinejs/vine/types'
import type { ServiceFiles } from '#app/catalog/description'
import type { Outlined, Say } from '#app/catalog/outline'
import { Registry } from '#app/core/registry'

/** A screen on which a part is changed. */
export interface PartScreen {
  /** key of its heading */
  title: string
  links: { /** below the address of the draft */ path: string; text: string }[]
}

/** A part of a service's definition: what may stand in it, and how it goes together with the rest. */
export interface DescriptionPart {
  name: string
  /** the properties that it adds to the definition */
  schema(): Record<string, SchemaTypes>
  /** the file of a kit that holds one of them; all others stand in service.json */
  file?: { name: string; holds: keyof ServiceFiles; optional?: boolean }
  /** fields that it names: each must be described */
  fields?(files: ServiceFiles): string[]
  /** @throws {KitRefused} where it doesn't go together with the rest */
  check?(files: ServiceFiles): void
  screen?(files: ServiceFiles, say: Say): PartScreen
  /** Lists what it says, thing by thing, in the words of the screens: by this changes are told. */
  outline(files: ServiceFiles, say: Say): Outlined[]
}

/** The parts of a definition, from the ground up; each room registers what it wants to know. */
export const descriptionParts = new Registry<DescriptionPart>('part of a definition')
