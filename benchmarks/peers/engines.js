// Fills the form of benchmarks/work.py with an engine of Node. Run as
//   node engines.js ENGINE TEMPLATE serve              a line of JSON in ({"data", "number", "out"}), one out ({"ms"})
//   node engines.js ENGINE TEMPLATE many DATA COUNT FOLDER
"use strict";
const fs = require("fs");
const path = require("path");
const readline = require("readline");

const engines = {
  docxtemplater(template) {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    const content = fs.readFileSync(template);
    return async (data) => {
      const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
      document.render(data);
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  "easy-template-x"(template) {
    const { TemplateHandler } = require("easy-template-x");
    const content = fs.readFileSync(template);
    const handler = new TemplateHandler();
    return (data) => handler.process(content, data);
  },
  carbone(template) {
    const carbone = require("carbone");
    return (data) =>
      new Promise((resolve, reject) =>
        carbone.render(template, data, (error, result) => (error ? reject(error) : resolve(result))),
      );
  },
};

function numbered(data, number) {
  return { ...data, nomor: data.nomor.replace("/001/", `/${String(number).padStart(3, "0")}/`) };
}

async function serve(fill) {
  const read = {};
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    read[asked.data] ??= JSON.parse(fs.readFileSync(asked.data, "utf8"));
    const data = numbered(read[asked.data], asked.number);
    const start = process.hrtime.bigint();
    const made = await fill(data);
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    if (asked.out) fs.writeFileSync(asked.out, made);
    console.log(JSON.stringify({ ms }));
  }
}

async function many(fill, file, count, folder) {
  const data = JSON.parse(fs.readFileSync(file, "utf8"));
  for (let number = 1; number <= count; number++) {
    fs.writeFileSync(path.join(folder, `${number}.docx`), await fill(numbered(data, number)));
  }
}

const [engine, template, mode, ...rest] = process.argv.slice(2);
const fill = engines[engine](template);
(mode === "serve" ? serve(fill) : many(fill, rest[0], Number(rest[1]), rest[2])).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
