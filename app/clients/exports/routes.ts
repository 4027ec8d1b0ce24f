import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const id = router.matchers.uuid()

router
  .group(() => {
    router.get('/', [controllers.clients.exports.Exports, 'index'])
    router.post('/', [controllers.clients.exports.Exports, 'store'])
    router.get('/:id', [controllers.clients.exports.Exports, 'show']).where('id', id)
    router.get('/:id/values.csv', [controllers.clients.exports.Exports, 'file']).where('id', id)
  })
  .prefix('/exports')
  .use([middleware.may('values.export'), middleware.seen('exports')])

transmit.authorize<{ client: string }>('exports/:client', ({ auth }, { client }) =>
  Boolean(auth.user?.worksForCenter || auth.user?.organizationId === client)
)
