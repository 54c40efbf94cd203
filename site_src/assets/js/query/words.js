// What the query page says, in the page's language.
const english = document.documentElement.lang === "en";
export const grouped = (n) => Number(n).toLocaleString("en-US");

export const size = (bytes) => {
  if (bytes < 1000) return `${bytes} B`;
  for (const [unit, by] of [["kB", 1e3], ["MB", 1e6]]) {
    if (bytes / by < 999.5) return `${(bytes / by).toFixed(bytes / by < 99.5 ? 1 : 0)} ${unit}`;
  }
  return `${(bytes / 1e9).toFixed(1)} GB`;
};

const zh = {
  lang: "zh",
  types: { TEXT: "文本", INTEGER: "整数", REAL: "小数", "": "空" },
  kinds: { string: "文本", integer: "整数", number: "数值", boolean: "是否（1/0）", date: "日期", time: "时间", datetime: "日期时间", year: "年份", yearmonth: "年月" },
  ops: { "=": "等于", "<>": "不等于", contains: "包含", begins: "开头是", ">=": "大于或等于", "<=": "小于或等于", empty: "没有值", full: "有值" },
  measures: { count: "行数", sum: "合计", avg: "平均", min: "最小", max: "最大", distinct: "不同值的个数" },
  names: { count: "行数", sum: "合计", avg: "平均", min: "最小", max: "最大", distinct: "不同值" },
  none: "不分组", plain: "不计算", unsorted: "按文件中的次序", up: (x) => `${x}，从小到大`, down: (x) => `${x}，从大到小`,
  byKey: "分组", byValue: "计算结果",
  column: "列", condition: "条件", value: "值", removeCondition: "去掉这个条件",
  remove: (x) => `去掉${x}`, removeShort: "去掉", insert: (x) => `把“${x}”写进 SQL`,
  table: (name, rows, bytes) => [`表 `, name, ` · ${grouped(rows)} 行 · ${size(bytes)}`],
  rows: (n) => `${grouped(n)} 行`,
  noMatch: "没有名称里有这些字的数据集", noTables: "这个数据集没有可以查询的表", noneYet: "还没有选数据集。",
  opening: "正在打开…", starting: "正在准备查询引擎（约 0.5 MB，只下载一次）…",
  running: (s) => `正在查询… ${s} 秒`, cancelled: "已取消。", ready: "", edited: "SQL 改过了，再按“运行”。",
  done: ({ rows, more, ms, bytes, requests, total }) =>
    `${more ? `前 ${grouped(rows)} 行（还有更多，没有取）` : `${grouped(rows)} 行`} · 用时 ${(ms / 1000).toFixed(ms < 9950 ? 2 : 0)} 秒 · ${bytes ? `下载 ${size(bytes)}（${requests} 次请求；文件共 ${size(total)}）` : `没有下载，用已有的列`}`,
  shown: (n, of) => `显示前 ${grouped(n)} 行，取到 ${grouped(of)} 行`, all: (n) => `共 ${grouped(n)} 行`, noRows: "没有符合条件的行。",
  copied: "已复制", csv: "查询结果.csv", null: "-",
  sampleRows: "前 100 行", sampleCount: (x) => `按“${x}”计数`, sampleMean: (x, y) => `各“${x}”的平均“${y}”`,
  chart: (y, x) => `各${x}的${y}`, chartCut: (n) => `只画前 ${n} 行。`, chartSource: (t) => `数据来源：${t}。由查询结果画出。`, rowNumber: "（行）",
};

const en = {
  lang: "en",
  types: { TEXT: "text", INTEGER: "integer", REAL: "decimal", "": "empty" },
  kinds: { string: "text", integer: "integer", number: "number", boolean: "yes/no (1/0)", date: "date", time: "time", datetime: "date and time", year: "year", yearmonth: "month" },
  ops: { "=": "equals", "<>": "is not", contains: "contains", begins: "begins with", ">=": "at least", "<=": "at most", empty: "has no value", full: "has a value" },
  measures: { count: "number of rows", sum: "sum", avg: "mean", min: "smallest", max: "largest", distinct: "number of different values" },
  names: { count: "rows", sum: "sum", avg: "mean", min: "smallest", max: "largest", distinct: "different values" },
  none: "no grouping", plain: "nothing", unsorted: "as in the file", up: (x) => `${x}, smallest first`, down: (x) => `${x}, largest first`,
  byKey: "the group", byValue: "the result",
  column: "Column", condition: "Condition", value: "Value", removeCondition: "Remove this condition",
  remove: (x) => `Remove ${x}`, removeShort: "Remove", insert: (x) => `Write “${x}” into the SQL`,
  table: (name, rows, bytes) => [`Table `, name, ` · ${grouped(rows)} rows · ${size(bytes)}`],
  rows: (n) => `${grouped(n)} rows`,
  noMatch: "No dataset has this in its name", noTables: "This dataset has no table that can be queried", noneYet: "No dataset is chosen yet.",
  opening: "Opening…", starting: "Preparing the engine (about 0.5 MB, fetched once)…",
  running: (s) => `Running… ${s} s`, cancelled: "Cancelled.", ready: "", edited: "The SQL has changed: press Run again.",
  done: ({ rows, more, ms, bytes, requests, total }) =>
    `${more ? `The first ${grouped(rows)} rows (there are more)` : `${grouped(rows)} ${rows === 1 ? "row" : "rows"}`} · ${(ms / 1000).toFixed(ms < 9950 ? 2 : 0)} s · ${bytes ? `fetched ${size(bytes)} (${requests} ${requests === 1 ? "request" : "requests"}; the files have ${size(total)})` : `nothing fetched: the columns were here`}`,
  shown: (n, of) => `Showing the first ${grouped(n)} of ${grouped(of)} rows`, all: (n) => `${grouped(n)} ${n === 1 ? "row" : "rows"}`, noRows: "No row matches.",
  copied: "Copied", csv: "query-result.csv", null: "-",
  sampleRows: "The first 100 rows", sampleCount: (x) => `Count by ${x}`, sampleMean: (x, y) => `Mean ${y} by ${x}`,
  chart: (y, x) => `${y} by ${x}`, chartCut: (n) => `Only the first ${n} rows are drawn. `, chartSource: (t) => `Source: ${t}. Drawn from the result of the query.`, rowNumber: "(row)",
};

export const words = english ? en : zh;

// Why a query failed, in plain words, with what to do. [sentence, what the engine said or ""]
const reasons = {
  suspended: ["这个数据集已暂停开放，不能查询。原因见它的页面。", "This dataset is suspended and can’t be queried; its page says why."],
  missing: ["找不到这个数据集的数据文件；它可能刚刚改了地址。", "The data file isn’t there; it may have moved."],
  busy: ["请求太多，请过一会儿再试。", "Too many requests; try again in a while."],
  network: ["数据没有取到。请检查网络后重试。", "The data could not be fetched. Check the network and try again."],
  changed: ["数据刚刚更新。已重新打开，请再运行一次。", "The data have just been updated and were opened anew. Run it again."],
  unreadable: ["这个文件不是本页能读的 Parquet 文件。", "The file is no Parquet file that this page can read."],
  refused: ["这里只能查询（SELECT），不能修改、新建或删除。", "Only reading (SELECT) is possible here."],
  several: ["一次只能运行一句。请删去分号后面的内容。", "One statement at a time: delete what follows the semicolon."],
  empty: ["还没有写 SQL。", "There is no SQL yet."],
  slow: ["运行超过 2 分钟，已停止。可以加条件、少取几列，或先汇总。", "Stopped after two minutes. Add conditions, take fewer columns, or summarise first."],
  fault: ["查询引擎出了问题，已重新启动，请再试一次。", "The engine failed and was started anew. Try again."],
};

const told = [
  [/^near "(.*)": syntax error$/s, (x) => [`“${x}”附近的写法不对。`, `There is a mistake near “${x}”.`]],
  [/may not be modified$/, () => reasons.refused],
  [/^incomplete input$/, () => ["SQL 没有写完：括号、引号或最后一部分缺了内容。", "The SQL is not complete: a bracket, a quote or its last part is missing."]],
  [/^unrecognized token: "?(.*?)"?$/s, (x) => [`不认识“${x}”。引号是否成对？是否用了全角符号？`, `“${x}” makes no sense. Are the quotes in pairs?`]],
  [/^no such column: (.*?)( - .*)?$/s, (x, _h, context) => noColumn(x, context)],
  [/^ambiguous column name: (.*)$/s, (x) => [`几个表都有“${x}”这一列，请写明是哪个表的，如 a."${x}"。`, `Several tables have the column “${x}”: say which, as in a."${x}".`]],
  [/^no such table: (.*)$/s, (x, _h, context) => [`没有名为“${x}”的表。已选的表：${context.tables.map((one) => `"${one}"`).join("、") || "无"}。`, `There is no table “${x}”. Chosen: ${context.tables.map((one) => `"${one}"`).join(", ") || "none"}.`]],
  [/^no such function: (.*)$/s, (x) => [`没有 ${x} 这个函数。本页用 SQLite 的函数。`, `There is no function ${x}. This page has SQLite’s functions.`]],
  [/^wrong number of arguments to function (.*?)\(\)$/s, (x) => [`函数 ${x} 的参数个数不对。`, `The function ${x} takes another number of arguments.`]],
  [/^misuse of (?:aggregate|aggregate function|window function)[ :]*(.*)$/s, (x) => [`${x || "汇总函数"} 用错了地方：WHERE 里不能用汇总函数，请改用 HAVING。`, `${x || "An aggregate"} can’t stand here: use HAVING instead of WHERE.`]],
  [/^SELECTs to the left and right of .* do not have the same number/s, () => ["UNION 两边的列数不同。", "The two sides of UNION have different numbers of columns."]],
  [/term out of range/, () => ["ORDER BY 或 GROUP BY 里的序号超过了列数。", "A number in ORDER BY or GROUP BY is larger than the number of columns."]],
  [/integer overflow/, () => ["整数太大，算不下。可以先乘 1.0 变成小数。", "An integer is too large. Multiply by 1.0 first."]],
  [/out of memory/, () => ["浏览器的内存不够。请加条件、少取几列，或先汇总。", "The browser has no more memory. Add conditions, take fewer columns, or summarise first."]],
];

const noColumn = (said, { columns, sql }) => {
  const name = said.replace(/^"(.*)"$/s, "$1");
  const asText = sql.includes(`"${name}"`) && !columns.includes(name);
  const near = columns.filter((one) => one.includes(name) || name.includes(one)).slice(0, 3);
  const zhNear = near.length ? `是不是${near.map((one) => `“${one}”`).join("、")}？` : "";
  const enNear = near.length ? ` Did you mean ${near.map((one) => `“${one}”`).join(", ")}?` : "";
  return [
    `没有名为“${name}”的列。${zhNear}${asText && !near.length ? `如果“${name}”是文字，请用单引号：'${name}'。` : ""}`,
    `There is no column “${name}”.${enNear}${asText && !near.length ? ` If it is a text, use single quotes: '${name}'.` : ""}`,
  ];
};

export const explain = ({ code, values = {} }, context) => {
  const pick = (pair) => pair[english ? 1 : 0];
  if (code === "memory") {
    return [
      pick([
        `要装入约 ${size(values.bytes)} 的列，超过本页的上限 ${size(values.limit)}，没有运行。请少用几列、加条件，或下载文件后在自己的电脑上分析。`,
        `This needs about ${size(values.bytes)} of columns, more than this page’s ${size(values.limit)}. Use fewer columns or add conditions, or download the files.`,
      ]),
      "",
    ];
  }
  if (code !== "sql") return [pick(reasons[code] ?? reasons.fault), code === "fault" || !reasons[code] ? (values.message ?? "") : ""];
  const message = String(values.message ?? "").replace(/^SQLITE_\w+: (sqlite3 result code \d+: )?/, "");
  const hyphen = /\b(?:from|join)\s+([\w.]+(?:-[\w.]+)+)/i.exec(context.sql)?.[1];
  const quote = hyphen ? pick([`表名 ${hyphen} 含有连字符，请用双引号：“"${hyphen}"”。`, ` The table name ${hyphen} has hyphens: put it in double quotes, "${hyphen}".`]) : "";
  const width = /[，；（）‘’“”＝＞＜]/.test(context.sql.replace(/'[^']*'|"[^"]*"/g, "")) ? pick(["SQL 里有全角标点，请换成半角。", " There are full-width signs in the SQL; use plain ones."]) : "";
  for (const [shape, say] of told) {
    const found = shape.exec(message);
    if (found) return [pick(say(found[1], found[2], context)) + (quote || width), message];
  }
  return [pick(["SQL 不能运行。", "The SQL can’t be run."]) + quote, message];
};
