/** Puts the kinds of things together: each room says what it brings, from the ground up, then each extension. */
import { registerCore } from '#app/core/register_core'
import { registerPeople } from '#app/people/register_people'
import { registerCatalog } from '#app/catalog/register_catalog'
import { registerSubmissions } from '#app/submissions/register_submissions'
import { registerTasks } from '#app/tasks/register_tasks'
import { registerRegistry } from '#app/registry/register_registry'
import { registerBookings } from '#app/bookings/register_bookings'
import { registerIntake } from '#app/intake/register_intake'
import { registerKeying } from '#app/keying/register_keying'
import { registerHandover } from '#app/handover/register_handover'
import { registerReplies } from '#app/replies/register_replies'
import { registerRebooking } from '#app/rebooking/register_rebooking'
import { registerClients } from '#app/clients/register_clients'
import { registerBatches } from '#app/batches/register_batches'
import { registerMailings } from '#app/mailings/register_mailings'
import { registerStudio } from '#app/studio/register_studio'
import { registerDesk } from '#app/desk/register_desk'
import { registerCenter } from '#app/center/register_center'
import { registerFlow } from '#app/flow/register_flow'
import { loadExtensions } from '#app/core/extensions'

registerCore()
registerPeople()
registerCatalog()
registerSubmissions()
registerTasks()
registerRegistry()
registerBookings()
registerIntake()
registerKeying()
registerHandover()
registerReplies()
registerRebooking()
registerClients()
registerBatches()
registerMailings()
registerStudio()
registerDesk()
registerCenter()
registerFlow()

await loadExtensions()
