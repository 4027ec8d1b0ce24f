import { fieldKinds } from '#app/catalog/fields/field_kind'
import { registerConnectors } from '#app/handover/connectors'
import { products } from '#app/replies/products/product'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskKinds } from '#app/tasks/task_kind'
import { cardField } from './card_field.js'
import { noteProduct } from './note_product.js'
import { notesListener } from './notes_listener.js'
import { PartnerConnector } from './partner_connector.js'
import { stampTask } from './stamp_task.js'

/** Registers what this extension brings: a kind of field, a kind of work, a connector, a product, and a listener. */
export default function register(): void {
  fieldKinds.register(cardField)
  taskKinds.register(stampTask)
  products.register(noteProduct)
  registerConnectors(new PartnerConnector())
  submissionListeners.register(notesListener)
}
