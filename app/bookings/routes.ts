import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .get('/calendars', [controllers.bookings.Calendars, 'index'])
  .use(middleware.may(['bookings', 'see']))
