// The peer for judging a capture: npm har-validator, used as its manual shows. Status 0 when the file is valid, 1 when not.
const fs = require("fs");
const path = require("path");

const validator = require(path.join(__dirname, "..", "corpus", "node_modules", "har-validator"));
validator.har(JSON.parse(fs.readFileSync(process.argv[2], "utf8"))).then(
    () => process.exit(0),
    (error) => {
        console.error(String(error.message));
        process.exit(1);
    },
);
