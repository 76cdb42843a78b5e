/** For tests: the parts of a room's page that script reads, as dialogue/rooms/templates draws them. */

import { htmlToFragment } from "../dom/html";
import type { By, EntryFrame } from "../realtime/wire";
import { logIn, pageOf, rootIn } from "./page";
import type { RoomPage } from "./page";

const SIGN = `<li hidden><button class="reaction" data-reaction="thanks" value="thanks" aria-pressed="false" formaction="/posts/__post__/react/"><span data-slot="count">0</span></button></li>`;
const POST = `<article class="post" id="post-__post__" data-post="__post__" data-version="__version__" data-position="">
  <span class="avatar avatar--shield" data-when="shielded"></span><span class="avatar" data-when="not-shielded" data-slot="initials"></span>
  <div class="post__main"><header><span data-slot="author" data-shielded="A member organisation of this room"></span>
    <span data-slot="organisation"></span><span data-when="pseudonym" data-slot="pseudonym"></span><span data-when="mine">you</span>
    <time data-slot="time"></time><a data-when="edited" href="/posts/__post__/revisions/">edited</a><span data-when="answer">Answer</span></header>
    <p data-when="reply"><a data-slot="reply" href="#"></a></p>
    <div class="prose" data-slot="body"></div>
    <ul data-slot="reactions" hidden>${SIGN}</ul>
    <div><a data-does="reply" href="?reply_to=__post__">reply</a><a data-when="may-edit" href="/posts/__post__/edit/">edit</a></div></div></article>`;
const NOTE = POST.replace('class="post"', 'class="post post--note"');
const TEMPLATES = `
<template id="post-template">${POST}</template><template id="note-template">${NOTE}</template>
<template id="post-stub-template"><article class="post post--withdrawn" id="post-__post__" data-post="__post__"><p>The author withdrew this post. <time data-slot="time"></time></p></article></template>
<template id="thread-card-template"><li><article class="thread-card" data-thread="__thread__"><span class="row"><span data-when="urgent">Urgent</span>
  <span data-when="received">Received</span><span data-when="closed">Closed</span><span data-when="unread">unread</span></span><time data-slot="time"></time>
  <h3><a data-slot="title" href="/rooms/x/threads/__thread__/"></a></h3><p class="thread-card__meta"><span data-slot="author" data-shielded="A member organisation"></span>
  <span data-slot="region"></span><span data-slot="replies" data-one="1 reply" data-few="2 replies" data-many="5 replies"></span></p></article></li></template>
<template id="thread-stub-template"><li><article class="thread-card thread-card--stub" data-thread="__thread__">looked after</article></li></template>
<template id="typing-template"><span data-one="{who} is writing…" data-several="Several people are writing…"></span></template>
<template id="sending-template"><article class="post is-sending"><time data-slot="time"></time><div data-slot="body"></div>
  <p><span data-when="sending">Sending…</span><span data-when="failed">Not sent.</span><span data-when="sent">Sent</span>
  <button type="button" data-when="failed" data-does="again">Try again</button>
  <button type="button" data-when="failed" data-does="take-back">Back into the text field</button></p></article></template>
<template id="day-template"><p class="log__day"><time data-slot="day"></time></p></template>
<template id="new-template"><p class="log__new">New since you left</p></template>
<template id="jump-template"><button class="log__jump" type="button">New posts below</button></template>
<template id="regions-template"><ul><li data-code="kz-alm">Almaty</li></ul></template>`;

export const ROOM = `
<nav class="room__rooms"><a class="room-link" data-room="x"><span class="count" data-slot="unread" hidden>0<span> unread</span></span></a></nav>
<section class="room__threads"><ul class="thread-list">
  <li><article class="thread-card" data-thread="other"><span class="row"></span><time data-slot="time"></time><a data-slot="title">Other</a><p class="thread-card__meta"></p></article></li>
  <li><article class="thread-card" data-thread="t"><time data-slot="time"></time><a data-slot="title">This</a><p class="thread-card__meta"></p></article></li></ul></section>
<section class="room__thread thread" data-room="x" data-stream="room:x" data-epoch="e" data-position="40" data-me="me" data-office="The Center"
  data-shares-presence="true" data-thread="t" data-read="40" data-office-stream="room:x:office" data-office-epoch="e" data-office-position="7">
  <header class="thread__head">Head</header>
  <div class="log" role="log" tabindex="0">
    <p class="log__day" data-day="2026-11-23"><time></time></p>
    <article class="post" id="post-p40" data-post="p40" data-version="1" data-position="40"><span data-slot="author">Qorgau</span><time datetime="2026-11-23T06:00:00Z"></time><div data-slot="body" lang="kk">The first words</div></article>
  </div>
  <p class="typing"></p><p class="connection" hidden data-offline="No connection." data-back="Back." data-gone="Looked after." data-refused="No access." data-signed-out="Signed out." data-only-copy="Only here."></p><p hidden data-slot="sign-in"><a href="/accounts/login/?next=/rooms/x/">Sign in</a></p>
  <div data-region="composer"><form class="composer" id="composer" method="post" action="/threads/t/posts/" data-not-sent="Not sent. Kept." data-sent="Sent" data-draft-kept="Your draft.">
    <p data-slot="replying" hidden><span data-slot="replying-to"></span><a data-does="no-reply" href="#">not an answer</a></p>
    <input type="hidden" name="reply_to" value=""><textarea name="body"></textarea><p class="composer__notes"><span id="composer-hint">9 read this</span><span data-slot="status"></span></p>
    <p class="composer__bar"><select name="byline"><option value="organisation">o</option><option value="shielded">s</option></select>
    <input type="hidden" name="lang" value="ru"><input type="checkbox" name="office_only"><button>Send</button></p></form></div>
</section><section class="room__rail">Rail</section>`;

export function putRoom(): { page: RoomPage; root: HTMLElement; log: HTMLElement } {
  document.documentElement.lang = "en";
  document.documentElement.dataset.timeZone = "Asia/Almaty";
  document.title = "Room";
  document.body.replaceChildren(htmlToFragment(ROOM + TEMPLATES));
  const root = rootIn(document) as HTMLElement;
  return { page: pageOf(root), root, log: logIn(root) as HTMLElement };
}

export const member: By = { byline: "organisation", organisation: "Qorgau Centre", mine: false };
export const me: By = { byline: "organisation", name: "Dana M.", organisation: "Legal Aid", mine: true };

/** An entry of `room:x`; by default a post of somebody else in the open thread. */
export function told(position: number, more: Partial<EntryFrame> = {}): EntryFrame {
  const post = more.post ?? `p${position}`;
  return {
    ...{ t: "entry", stream: "room:x", epoch: "e", position, kind: "post.added", at: "2026-11-23T07:09:00Z" },
    ...{ by: member, thread: "t", version: 1, html: `<p>Words of ${post}</p>`, lang: "kk", facts: { posts: 3 } },
    ...more,
    post,
  };
}

export function stub(position: number, post: string, kind = "post.withdrawn"): EntryFrame {
  return { t: "entry", stream: "room:x", epoch: "e", position, kind, at: "2026-11-23T07:09:00Z", thread: "t", post, version: 1, stub: true };
}
