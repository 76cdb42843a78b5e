/** Every file in styles/pages/. A module of its own, so that site.css declares the order of layers first. */

import.meta.glob("../styles/pages/*.css", { eager: true });
