import { redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as mail from '#rooms/mail';
import { oftens, topics, type Choices, type Often } from '#rooms/mail/topics.ts';
import { zoneOf } from '#rooms/programme/edition.ts';
import { oneself } from '../oneself.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** How often somebody hears about what, and whether mail reaches them. */
export const load: PageServerLoad = async (event) => {
  const visit = oneself(event);
  const [choices, bounce] = await Promise.all([mail.choicesOf(visit, visit.person.id), mail.bounceOf(visit, visit.person.id)]);
  return { choices, bounce, timeZone: zoneOf(event.locals.edition), isKept: event.url.searchParams.has('bewaard') };
};

export const actions: Actions = {
  kies: async (event) => {
    const visit = oneself(event);
    const form = await event.request.formData();
    const before = await mail.choicesOf(visit, visit.person.id);
    const chosen = (topic: keyof Choices): Often => oftens.find((often) => often === form.get(topic)) ?? before[topic];
    await mail.choose(visit, visit.person.id, { changes: chosen(topics[0]), mailings: chosen(topics[1]), tomorrow: chosen(topics[2]) });
    redirect(303, `${address(event.locals.place, '/mijn-gegevens/berichten')}?bewaard`);
  },
  /** Their mail works again. */
  weer: async (event) => {
    const visit = oneself(event);
    await mail.arrivesAgain(visit, visit.person.id);
    redirect(303, `${address(event.locals.place, '/mijn-gegevens/berichten')}?bewaard`);
  },
};
