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
  .use([middleware.may('register.keep'), middleware.seen('register')])

const id = router.matchers.uuid()

router
  .group(() => {
    router.get('/stops', [controllers.register.Stops, 'index']).use(middleware.seen('stops'))
    router.post('/stops', [controllers.register.Stops, 'store'])
    router.post('/stops/:id/renewal', [controllers.register.Stops, 'renew']).where('id', id)
    router.post('/stops/:id/ending', [controllers.register.Stops, 'end']).where('id', id)
    router.post('/stops/questions/:id', [controllers.register.Stops, 'answer']).where('id', id)
    router
      .get('/relatives', [controllers.register.Relatives, 'index'])
      .use(middleware.seen('relatives'))
    router.post('/relatives', [controllers.register.Relatives, 'store'])
    router
      .post('/relatives/:id/withdrawal', [controllers.register.Relatives, 'withdraw'])
      .where('id', id)
  })
  .use(middleware.may('contact.stop'))
router
  .post('/stops/named', [controllers.register.Stops, 'name'])
  .use(middleware.may('register.keep'))

transmit.authorize<{ id: string }>('register-imports/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(RegisterImport.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
