import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { visibleTo } from '#app/identity/client_scope'
import RegisterImport from '#app/register/register_import'

router
  .group(() => {
    router.get('/', [controllers.register.Register, 'index'])
    router.post('/', [controllers.register.Register, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.register.Register, 'show'])
        router.post('/taking', [controllers.register.Register, 'take'])
        router.post('/dropping', [controllers.register.Register, 'drop'])
      })
      .prefix('/:id')
      .where('id', router.matchers.uuid())
  })
  .prefix('/register')
  .use(middleware.may(['register', 'keep']))

transmit.authorize<{ id: string }>('register-imports/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(RegisterImport.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
