import vine, { errors } from '@vinejs/vine'
import { descriptionParts } from '#app/catalog/description_part'
import type { ServiceFiles } from '#app/catalog/description'
import { KitRefused } from '#app/catalog/kit_refused'

/** Made when the first service is checked: every part has registered its rules by then. */
let rules: ReturnType<typeof createRules> | undefined

function createRules() {
  return vine.create(Object.assign({}, ...descriptionParts.all().map((part) => part.schema())))
}

/**
 * Checks what is to become a service: each part by its schema, then how they go together.
 * @throws {KitRefused} names the first fields that are wrong
 */
export async function checkService(definition: unknown): Promise<ServiceFiles> {
  let files: ServiceFiles
  try {
    rules ??= createRules()
    files = (await rules.validate(definition)) as ServiceFiles
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    const faults: { field: string; message: string }[] = error.messages
    throw new KitRefused(
      'not_a_service',
      faults
        .slice(0, 5)
        .map((fault) => fault.field)
        .join(', '),
      faults[0].message
    )
  }
  assertConsistent(files)
  return files
}

/**
 * Every field that a part names must be described, and every part go together with the rest.
 * @throws {KitRefused} names what doesn't
 */
function assertConsistent(files: ServiceFiles): void {
  const keys = files.groups.flatMap((group) => group.fields.map((field) => field.key))
  const parts = descriptionParts.all()
  const missing = parts
    .flatMap((part) => part.fields?.(files) ?? [])
    .find((one) => !keys.includes(one))
  if (missing)
    throw new KitRefused('not_described', missing, 'this field is named but not described')
  for (const part of parts) part.check?.(files)
}
