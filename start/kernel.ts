import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#app/core/exceptions/handler'))

// Session, person and language also for addresses that lead nowhere: their page speaks to the reader too.
server.use([
  () => import('@adonisjs/static/static_middleware'),
  () => import('#app/core/middleware/private_pages_middleware'),
  () => import('@adonisjs/session/session_middleware'),
  () => import('@adonisjs/auth/initialize_auth_middleware'),
  () => import('#app/people/middleware/locale_middleware'),
])

router.use([
  () => import('#app/core/middleware/files_from_people_middleware'),
  () => import('@adonisjs/core/bodyparser_middleware'),
  () => import('#app/core/middleware/whole_files_middleware'),
  () => import('#app/core/middleware/plain_text_middleware'),
  () => import('@adonisjs/shield/shield_middleware'),
])

export const middleware = router.named({
  everybody: () => import('#app/people/middleware/everybody_middleware'),
  guest: () => import('#app/people/middleware/guest_middleware'),
  seen: () => import('#app/people/middleware/seen_middleware'),
  ownStream: () => import('#app/people/middleware/own_stream_middleware'),
  may: () => import('#app/people/middleware/may_middleware'),
})
