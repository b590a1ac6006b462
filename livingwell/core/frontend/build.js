// Makes what browsers fetch: one stylesheet, one small module and the typeface, in livingwell/core/static/build.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { compile, Logger } from "sass";

const here = new URL(".", import.meta.url);
const root = new URL("../../../", here);
const out = new URL("../static/build/", here);
const fonts = new URL("node_modules/@fontsource/atkinson-hyperlegible/", root);
const system = new URL("node_modules/nhsuk-frontend/dist/nhsuk/", root);
const faces = ["400-normal", "700-normal"];

const { css } = compile(fileURLToPath(new URL("main.scss", here)), {
  loadPaths: [fileURLToPath(system)],
  style: "compressed",
  quietDeps: true,
  logger: Logger.silent,
});
const module = await readFile(new URL("main.js", here), "utf8");
const map = await readFile(new URL("map.js", here), "utf8");
const leaflet = new URL("node_modules/leaflet/", root);
const passkey = await readFile(new URL("passkey.js", here), "utf8");
const words = await readFile(new URL("words.js", here), "utf8");

await rm(out, { recursive: true, force: true });
await mkdir(new URL("fonts/", out), { recursive: true });

await writeFile(new URL("main.css", out), css);
await writeFile(new URL("main.js", out), withoutComments(module));
await writeFile(new URL("passkey.js", out), withoutComments(passkey));
await writeFile(new URL("words.js", out), withoutComments(words));
await writeFile(new URL("map.js", out), withoutComments(map));
const library = (await readFile(new URL("dist/leaflet.js", leaflet), "utf8")).replace(/\n\/\/# sourceMappingURL=.*/, "");
const libraryStyle = withoutPictures(await readFile(new URL("dist/leaflet.css", leaflet), "utf8"));
await writeFile(new URL("leaflet.js", out), library);
await writeFile(new URL("leaflet.css", out), libraryStyle);
await copyFile(new URL("LICENSE", leaflet), new URL("leaflet-LICENSE.txt", out));
for (const face of faces) {
  const name = `atkinson-hyperlegible-latin-${face}.woff2`;
  await copyFile(new URL(`files/${name}`, fonts), new URL(`fonts/${name}`, out));
}
await mkdir(new URL("images/", out));
await copyFile(new URL("assets/images/nhsuk-icon-cross.svg", system), new URL("images/nhsuk-icon-cross.svg", out));
await copyFile(new URL("LICENSE", fonts), new URL("fonts/LICENSE.txt", out));

const weight = (text) => `${(brotliCompressSync(text).length / 1024).toFixed(1)} KB`;
console.log(`main.css ${weight(css)}, main.js ${weight(withoutComments(module))} compressed`);
console.log(`when a map is opened: ${weight(library + libraryStyle + withoutComments(map))} more`);

// The module is short: dropping whole-line comments and indents is all the making small it needs.
function withoutComments(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("//"))
    .join("\n");
}

// Leaflet's pictures (of its own pin and layer switch) are not used here, so they are not asked for.
function withoutPictures(css) {
  return css.replace(/^[^\n]*url\([^)]*\)[^\n]*\n/gm, "");
}
