"""Words for generated catalogues: what Chinese city portals really list, domain by domain.

Each domain is one block of text: a head line `id|title|English|priority`, then `部门` lines (id name), one `题` line of
topics, one `词` line of keywords citizens use, and `项` lines of data items (`title latin_name type`, type one letter:
s text, c code, i integer, n number, d date, y year). Nothing here describes a real dataset.
"""

# ruff: noqa: E501, SIM905 -- lists of words read best as lines of words

from __future__ import annotations

from dataclasses import dataclass

TEXT = """
transport|交通运输|Transport|1
部门 jtj 交通运输局 / gdjt 轨道交通建设指挥部 / gajj 公安局交通警察支队
题 公交站点 公交线路 轨道交通站点 轨道交通客流 公共自行车租赁点 出租汽车经营企业 网约车平台公司 道路客运班线 道路货物运输企业 机动车维修企业 驾驶员培训机构 公共停车场 路内停车泊位 高速公路收费站 国省道桥梁 港口码头泊位 内河航道 水上客运渡口 交通违法抓拍点位 交通信号灯路口 共享单车停放区 新能源公交车辆 充电桩 治超检测站点
词 公交 地铁 停车 出行 货运 驾校 桥梁 航道 充电 客流 线路 站台
项 线路名称 route_name s / 站点名称 stop_name s / 站点编码 stop_code c / 首班时间 first_bus s / 末班时间 last_bus s / 泊位数 berth_count i / 收费标准 fee_standard s / 经营许可证号 permit_no c / 车辆数 vehicle_count i / 日均客流量 daily_passengers i / 技术等级 technical_grade s / 路段里程 section_km n / 票价 ticket_price n / 充电功率 charge_kw n
education|教育|Education|1
部门 jyj 教育局 / kxjs 科学技术协会
题 幼儿园 小学 初级中学 普通高中 中等职业学校 特殊教育学校 民办培训机构 义务教育学区划分 中小学校招生计划 高考报名人数 教师资格认定 学生体质健康 校车运行线路 校外托管机构 校园食堂 普惠性民办园 专任教师 名师工作室 社区教育中心 老年大学课程 科普教育基地 青少年科技竞赛获奖
词 学校 入学 学区 招生 教师 培训 幼儿园 中考 学位 校车
项 学校名称 school_name s / 学校标识码 school_code c / 办学类型 school_type s / 在校学生数 student_count i / 专任教师数 teacher_count i / 班级数 class_count i / 招生计划数 plan_count i / 施教区范围 catchment s / 举办者 founder s / 办学许可证号 licence_no c / 校园面积 campus_area n / 建校年份 founded_year y / 平均班额 class_size n
health|卫生健康|Health|1
部门 wjw 卫生健康委员会 / ylbz 医疗保障局 / jkzx 疾病预防控制中心
题 医疗机构 三级医院 社区卫生服务中心 村卫生室 药品零售企业 预防接种门诊 发热门诊 母婴保健技术服务机构 执业医师注册 护士执业注册 家庭医生签约 献血点 中医诊所 口腔诊所 医保定点医疗机构 医保定点零售药店 医保药品目录 门诊统筹报销比例 长期护理保险定点机构 法定传染病发病 急救站点 公共场所卫生监测 生活饮用水卫生监测 职业病诊断机构
词 医院 看病 疫苗 医保 药店 医生 护士 门诊 急救 体检 养老护理
项 机构名称 org_name s / 医疗机构等级 hospital_level s / 诊疗科目 departments s / 床位数 bed_count i / 执业医师数 doctor_count i / 医保编码 insurance_code c / 药品通用名 generic_name s / 剂型规格 dosage s / 报销比例 reimbursement n / 接种疫苗种类 vaccine_types s / 门诊时间 opening_hours s / 发病例数 case_count i / 监测结果 result s
environment|生态环境|Environment|1
部门 sthj 生态环境局 / qxj 气象局
题 空气质量日报 PM2.5浓度监测 地表水水质断面 集中式饮用水水源地 重点排污单位 排污许可证 危险废物经营单位 固体废物跨省转移 建设项目环境影响评价批复 环境行政处罚 噪声功能区监测 土壤污染重点监管单位 辐射安全许可 机动车尾气检测机构 入河排污口 企业环境信用评价 碳排放核查 自动气象站观测 暴雨预警信息 台风路径 酸雨监测 负氧离子监测点
词 空气 PM2.5 AQI 水质 排污 环评 噪声 气温 降雨 碳排放 臭氧
项 监测点位 site_name s / 监测日期 sample_date d / PM2.5浓度 pm25 n / PM10浓度 pm10 n / 臭氧浓度 o3 n / AQI指数 aqi i / 首要污染物 primary_pollutant s / 水质类别 water_class s / 化学需氧量 cod n / 氨氮 nh3n n / 排放口编号 outlet_code c / 许可证编号 permit_no c / 最高气温 temp_max n / 日降水量 rain_mm n
housing|住房和城乡建设|Housing|1
部门 zjj 住房和城乡建设局 / gjj 住房公积金管理中心
题 商品房预售许可 新建商品住宅成交 存量房网签 房地产经纪机构 物业服务企业 住宅小区 保障性租赁住房 公共租赁住房配租 老旧小区改造项目 既有住宅加装电梯 建筑业企业资质 施工许可证 建设工程竣工验收备案 工程监理企业 建筑工地扬尘监测 房屋安全鉴定 绿色建筑评价标识 装配式建筑项目 住房公积金缴存 住房公积金贷款 历史建筑保护 城镇燃气经营企业
词 买房 租房 房价 公积金 小区 物业 电梯 工地 预售 二手房
项 项目名称 project_name s / 预售许可证号 presale_no c / 开发企业 developer s / 建筑面积 floor_area n / 套数 unit_count i / 成交均价 avg_price n / 小区名称 estate_name s / 物业企业 property_company s / 竣工日期 completed_on d / 资质等级 qualification s / 贷款额度 loan_amount n / 电梯台数 lift_count i / 建设单位 builder s
civil-affairs|民政|Civil affairs|0
部门 mzj 民政局 / cjr 残疾人联合会
题 养老机构 社区居家养老服务中心 助餐点 社会团体 民办非企业单位 基金会 慈善组织 婚姻登记机关 婚姻登记办理量 行政区划代码 村居委会 地名信息 公墓 殡仪服务机构 救助管理站 最低生活保障标准 特困人员供养机构 儿童福利机构 残疾人康复机构 无障碍设施 残疾人就业培训 志愿服务组织 标准地址门牌
词 养老 老人 低保 结婚 社区 村委会 慈善 墓地 区划 残疾人 志愿者
项 机构名称 org_name s / 统一社会信用代码 uscc c / 登记日期 registered_on d / 床位数 bed_count i / 收费标准 fee_standard s / 服务内容 services s / 区划代码 division_code c / 地名类别 place_type s / 保障人数 covered_count i / 保障标准 standard_amount n / 业务主管单位 supervisor s / 办理件数 case_count i
market|市场监管|Market regulation|0
部门 scjg 市场监督管理局 / zscq 知识产权局
题 企业名录 个体工商户登记 食品生产许可 食品经营许可 食品安全监督抽检 餐饮服务量化分级 特种设备使用登记 电梯维保单位 计量检定机构 检验检测机构 产品质量监督抽查 广告违法案件 消费投诉公示 经营异常名录 严重违法失信名单 药品经营许可 医疗器械经营备案 化妆品抽检 标准化试点项目 专利授权 商标注册 地理标志产品 知识产权质押融资 价格监测
词 企业 工商 食品 餐饮 抽检 投诉 电梯 专利 商标 药品 价格 营业执照
项 企业名称 enterprise_name s / 统一社会信用代码 uscc c / 法定类型 enterprise_type s / 注册资本 capital n / 成立日期 founded_on d / 经营范围 business_scope s / 许可证编号 permit_no c / 抽检批次 batch_no c / 抽检结果 result s / 不合格项目 failed_item s / 专利号 patent_no c / 投诉件数 complaint_count i / 处理结果 outcome s / 计量单位 unit_name s
labour|人力资源和社会保障|Labour|1
部门 rsj 人力资源和社会保障局
题 人力资源服务机构 职业技能培训机构 劳务派遣单位 技工院校 职业技能鉴定 公共就业服务招聘会 岗位需求 社会保险参保 工伤认定 失业保险发放 社保经办机构 劳动人事争议仲裁 拖欠工资失信名单 最低工资标准 企业薪酬调查 高层次人才引进 博士后工作站 创业孵化基地 职称评审 事业单位招聘
词 就业 招聘 社保 工资 工伤 失业 人才 培训 职称 创业 养老金
项 单位名称 employer s / 岗位名称 job_title s / 招聘人数 openings i / 学历要求 education s / 月薪下限 salary_min n / 月薪上限 salary_max n / 参保人数 insured_count i / 缴费基数 base_amount n / 鉴定工种 trade s / 证书编号 certificate_no c / 发放金额 amount n / 培训人次 trainee_count i
agriculture|农业农村|Agriculture|1
部门 nyj 农业农村局 / lyj 园林和绿化管理局
题 农民专业合作社 家庭农场 农业龙头企业 农产品批发价格 绿色食品认证 高标准农田 农机购置补贴 农药经营许可 兽药经营企业 种子生产经营许可 畜禽规模养殖场 动物诊疗机构 水产养殖许可 耕地保护 休闲农业示范点 美丽乡村 农村集体产权交易 粮食作物产量 蔬菜价格监测 古树名木 城市公园 湿地保护小区 林木种苗生产
词 农业 蔬菜 粮食 养殖 农机 种子 农村 公园 古树 菜价 大闸蟹
项 品种名称 variety s / 批发价格 wholesale_price n / 种植面积 planted_area n / 年产量 output n / 养殖规模 stock_count i / 补贴金额 subsidy n / 认证编号 certificate_no c / 树种 species s / 树龄 tree_age i / 胸径 trunk_cm n / 主营产品 product s / 采集日期 collected_on d
water|水务|Water|0
部门 swj 水务局
题 河道 湖泊 水库大坝 水位雨情 取水许可 节水型单位 污水处理厂 城镇供水水厂 河长制公示 水利工程建设项目 防汛物资仓库 水土保持方案 排水许可 堤防工程 泵站 水闸 农村供水水质 用水总量
词 河道 水位 防汛 自来水 污水 水库 泵站 河长 太湖 内涝
项 河道名称 river_name s / 测站编码 station_code c / 水位 water_level n / 警戒水位 warning_level n / 河长姓名职务 chief s / 起点 start_place s / 终点 end_place s / 设计处理能力 capacity n / 取水量 intake n / 出水水质 effluent s / 观测时间 observed_on d / 工程等别 grade s
finance|财政金融|Finance|1
部门 czj 财政局 / jrb 地方金融监督管理局 / sjj 审计局
题 一般公共预算收入 一般公共预算支出 政府采购中标公告 政府债务余额 行政事业性收费目录 国有企业名录 专项资金分配 会计师事务所 代理记账机构 小额贷款公司 融资担保公司 典当行 上市公司 银行网点 保险机构 普惠金融贷款 政府性基金 国有资产处置 审计结果公告 惠企政策资金兑付
词 预算 财政 采购 贷款 银行 收费 债务 补贴 国企 上市
项 预算科目 budget_item s / 预算数 budget_amount n / 决算数 final_amount n / 同比增长 yoy n / 采购项目编号 tender_no c / 中标供应商 supplier s / 中标金额 bid_amount n / 网点名称 branch_name s / 机构编码 branch_code c / 贷款余额 balance n / 收费依据 basis s / 资金文号 fund_doc s
culture|文化和旅游|Culture and tourism|0
部门 wlj 文化广电和旅游局 / wwj 文物局 / tyj 体育局
题 A级旅游景区 旅行社 星级饭店 导游人员 公共图书馆 文化馆 博物馆 美术馆 非物质文化遗产代表性项目 非遗传承人 文物保护单位 古典园林 历史文化名镇 演出经营场所 娱乐场所 网吧 图书借阅排行 公共文化活动 景区客流 民宿 全民健身路径 体育场馆 游泳场所 等级运动员 体育社会组织 马拉松赛事
词 旅游 景点 图书馆 博物馆 园林 非遗 健身 游泳 体育馆 酒店 演出 昆曲
项 景区名称 scenic_name s / 景区等级 scenic_level s / 接待人次 visitors i / 门票价格 ticket_price n / 开放时间 opening_hours s / 馆藏数量 collection_count i / 保护级别 protection_level s / 传承人 inheritor s / 借阅次数 loans i / 场馆面积 venue_area n / 活动名称 event_name s / 时代 era s
science|科技创新|Science|1
部门 kjj 科学技术局 / dsj 数据局
题 高新技术企业 科技型中小企业 重点实验室 工程技术研究中心 科技企业孵化器 众创空间 科技计划项目 技术合同登记 独角兽企业 瞪羚企业 大型科学仪器共享 外国人来华工作许可 科技奖励 公共数据资源目录 数据要素流通案例 政务信息系统 5G基站 工业互联网平台 人工智能企业 软件和信息服务业企业 IPv6改造网站
词 高企 科技 5G 人工智能 AI 数据 孵化器 软件 创新 GIS 独角兽
项 企业名称 enterprise_name s / 认定年度 recognised_year y / 证书编号 certificate_no c / 技术领域 tech_field s / 项目编号 project_no c / 资助金额 grant_amount n / 合同成交额 contract_amount n / 基站编号 station_code c / 频段 band s / 运营商 operator s / 仪器名称 instrument s / IP地址段 ip_range s
industry|工业经济|Industry|1
部门 gxj 工业和信息化局 / swju 商务局 / tjj 统计局
题 规模以上工业企业 专精特新企业 智能制造示范工厂 绿色工厂 工业用电量 工业增加值 地区生产总值GDP 社会消费品零售总额 固定资产投资 居民消费价格指数CPI 进出口总额 外商投资企业 外贸备案企业 跨境电商园区 加油站 汽车销售企业 老字号 大型商业综合体 会展活动 人口普查 居民人均可支配收入 主要经济指标
词 GDP CPI 经济 工业 外贸 投资 人口 收入 加油站 消费 统计
项 指标名称 indicator s / 统计年度 stat_year y / 本期值 current_value n / 同比增长 yoy n / 累计值 cumulative n / 行业代码 industry_code c / 企业名称 enterprise_name s / 产值 output_value n / 用电量 kwh n / 常住人口 population i / 出口额 export_usd n / 计量单位 unit_name s
emergency|应急管理|Emergency|1
部门 yjj 应急管理局 / xfj 消防救援支队
题 应急避难场所 危险化学品经营许可 烟花爆竹零售点 安全生产标准化企业 消防安全重点单位 消防站 微型消防站 火灾统计 生产安全事故 地震监测台站 应急物资储备库 应急救援队伍 自然灾害救助 安全评价机构 特种作业操作证 重大危险源 森林防火监测点 行政执法检查
词 消防 避难 安全 火灾 地震 危化品 应急 灾害 救援
项 场所名称 place_name s / 可容纳人数 capacity i / 有效面积 usable_area n / 风险等级 risk_level s / 危险化学品名称 chemical s / 事故起数 accident_count i / 死亡人数 death_count i / 物资名称 material s / 储备数量 stock_count i / 震级 magnitude n / 队伍人数 member_count i
natural-resources|自然资源|Natural resources|1
部门 zrzy 自然资源和规划局
题 国有建设用地使用权出让 地价监测 不动产登记办理量 国土空间规划 建设用地规划许可 建设工程规划许可 采矿权 测绘资质单位 地质灾害隐患点 永久基本农田 土地征收公告 闲置土地 地理信息兴趣点POI 控制性详细规划 矿泉水源 古村落
词 土地 规划 不动产 地价 拆迁 征地 测绘 地图 矿产
项 地块编号 parcel_no c / 土地用途 land_use s / 出让面积 parcel_area n / 成交价 deal_price n / 容积率 plot_ratio n / 竞得人 winner s / 坐落位置 located_at s / 批准文号 approval_no c / 使用年限 term_years i / 规划名称 plan_name s / 隐患类型 hazard s
justice|司法公安|Justice and public security|0
部门 sfj 司法局 / gaj 公安局
题 律师事务所 公证机构 司法鉴定机构 法律援助工作站 人民调解委员会 基层法律服务所 仲裁案件 行政复议 普法宣传阵地 户籍人口 派出所 出入境办证点 旅馆业特种行业许可 保安服务公司 机动车保有量 驾驶证考试 流动人口居住证 反诈宣传案例 身份证办理点 开锁业备案
词 律师 户口 身份证 派出所 法律 公证 驾照 车牌 签证 调解
项 律所名称 law_firm s / 执业许可证号 permit_no c / 负责人职务 head s / 执业人数 lawyer_count i / 受理件数 accepted_count i / 办结件数 closed_count i / 户籍人口数 registered_population i / 保有量 vehicle_total i / 办公时间 office_hours s / 业务范围 scope s
city-management|城市管理|City management|0
部门 cgj 城市管理局 / szgy 市政公用中心
题 公共厕所 垃圾分类投放点 生活垃圾转运站 垃圾焚烧发电厂 建筑垃圾消纳场 户外广告设施 城市道路照明 市政桥梁 下穿立交积水点 窨井盖 便民疏导点 渣土运输企业 城市管理行政处罚 数字城管案件 道路清扫保洁 餐厨垃圾收运单位 道路挖掘审批 犬只登记点
词 公厕 垃圾 路灯 井盖 城管 摊点 养狗 积水 环卫
项 公厕名称 toilet_name s / 蹲位数 squat_count i / 无障碍设施 accessible s / 投放点名称 point_name s / 处理能力 capacity n / 灯杆编号 lamp_no c / 案件类别 case_type s / 处置时限 deadline_days i / 道路名称 road_name s / 责任单位 responsible s
credit|信用服务|Credit|1
部门 fgw 发展和改革委员会 / zfb 政务服务管理办公室
题 行政许可公示 行政处罚公示 守信激励名单 失信被执行人 信用修复 红黑名单 重点工程项目 价格认证 粮食储备库 公共资源交易 招标代理机构 政务服务事项 办事指南 12345热线工单 政务大厅取号量 证明事项清单 收费目录清单 节能审查 一件事办理量 中介服务机构
词 信用 许可 处罚 办事 12345 热线 招标 政务 证明 审批
项 决定书文号 decision_no c / 许可内容 content s / 有效期至 valid_until d / 处罚类别 penalty_type s / 罚款金额 fine n / 事项编码 item_code c / 事项名称 item_name s / 承诺时限 promised_days i / 工单编号 ticket_no c / 诉求类别 request_type s / 满意度 satisfaction n
post-telecom|通信邮政|Post and telecom|0
部门 yzj 邮政管理局 / txgl 通信管理办公室
题 快递企业许可 快递末端网点 邮政局所 智能快件箱 快递业务量 通信营业厅 宽带用户数 移动电话号段 公共WiFi热点 电信业务投诉 邮政编码 集邮门市部
词 快递 邮编 WiFi 宽带 号段 邮局 手机
项 网点名称 branch_name s / 许可证号 permit_no c / 业务量 volume i / 业务收入 revenue n / 邮政编码 postcode c / 号段 segment c / 热点SSID ssid s / 覆盖范围 coverage s / 营业时间 opening_hours s
"""

AREAS = (
    "苏州市 姑苏区 虎丘区 吴中区 相城区 吴江区 苏州工业园区 张家港市 常熟市 太仓市 昆山市 "
    "平江街道 金阊街道 沧浪街道 双塔街道 虎丘街道 苏锦街道 吴门桥街道 白洋湾街道 狮山街道 枫桥街道 横塘街道 浒墅关镇 东渚街道 "
    "木渎镇 甪直镇 胥口镇 东山镇 光福镇 临湖镇 金庭镇 横泾街道 越溪街道 郭巷街道 元和街道 黄桥街道 太平街道 北河泾街道 望亭镇 "
    "黄埭镇 渭塘镇 阳澄湖镇 松陵街道 同里镇 平望镇 盛泽镇 七都镇 震泽镇 桃源镇 黎里镇 娄葑街道 斜塘街道 唯亭街道 胜浦街道 "
    "杨舍镇 塘桥镇 金港街道 凤凰镇 乐余镇 虞山街道 梅李镇 海虞镇 古里镇 沙家浜镇 支塘镇 城厢镇 沙溪镇 浏河镇 浮桥镇 璜泾镇 "
    "玉山镇 巴城镇 周市镇 陆家镇 花桥镇 淀山湖镇 张浦镇 周庄镇 千灯镇 锦溪镇"
).split()

PATTERNS = (
    "{area}{topic}信息（{year}年）",
    "{area}{topic}名录",
    "{area}{topic}基本信息",
    "{area}{topic}分布情况（{year}年）",
    "{area}{topic}统计表（{year}年）",
    "{area}{topic}月度汇总（{year}年{month}月）",
    "{year}年{area}{topic}情况",
    "{area}{topic}清单（{year}年第{quarter}季度）",
    "{topic}公示信息（{area}，{year}年）",
    "{area}{topic}监测数据（{year}年{month}月）",
    "{area}{place}{topic}明细",
    "{area}{place}周边{topic}（{year}年）",
    "{area}{topic}年度变化（{before}—{year}年）",
    "{area}{topic}历史数据（{before}—{year}年）",
)

SUMMARIES = (
    "{area}范围内{topic}的{items}等信息，由{department}按{frequency}汇总，可用于{use}。",
    "本数据集收录{area}{topic}的{items}，数据截至{year}年{month}月，供公众查询和{use}。",
    "{department}依法公开的{topic}数据，涵盖{area}各单位的{items}等内容。",
    "记录{year}年{area}{topic}有关{items}的变化，口径与统计制度一致，适合{use}。",
    "为方便市民办事，公开{area}{place}一带{topic}的{items}，欢迎用于{use}。",
    "{topic}登记台账，每条记录对应一个{unit}，含{items}；来源于{department}业务系统。",
)
USES = (
    "出行规划 便民查询 学术研究 地图标注 应用开发 政策评估 选址分析 风险预警 社会监督 信用评价 招商分析 "
    "家庭择校 就医参考 投资决策 数据竞赛 新闻调查 社区治理 城市体检"
).split()
UNITS = "单位 点位 项目 企业 机构 案件 月份 设施 批次 网点 社区 路段".split()

TERMS = {
    "统一社会信用代码": "组织机构在全国范围内唯一的法定身份识别码。",
    "AQI": "空气质量指数，由各项污染物浓度折算。",
    "PM2.5": "细颗粒物，直径不大于 2.5 微米。",
    "PM10": "可吸入颗粒物，直径不大于 10 微米。",
    "GDP": "国内生产总值。",
    "CPI": "居民消费价格指数。",
    "IP": "网际协议，网络设备据以编址。",
    "IPv6": "网际协议第六版。",
    "SSID": "无线网络的名称。",
    "POI": "地图上的兴趣点。",
}
"""Terms of the generated glossary: what the data items and topics above abbreviate."""

SYNONYMS = (
    ("公交", "公共汽车", "巴士"),
    ("公厕", "公共厕所", "卫生间"),
    ("医院", "医疗机构"),
    ("药店", "药品零售企业", "药房"),
    ("地铁", "轨道交通"),
    ("菜价", "蔬菜价格", "农产品批发价格"),
    ("房价", "成交均价"),
    ("户口", "户籍"),
)
"""Groups of words for one thing, as a city's synonyms.yml has them."""

NAME_CHARS = (
    "金银盛泰兴隆昌瑞祥和顺安康宁平福寿喜嘉惠恒永长春华荣茂景云霞星辰阳晨光明月桂兰荷梅竹松柏枫柳桐杏桃李橙莲菱芦苇荻"
    "湖江河溪浜泾港塘潭泉池渡桥堰圩洲滩岸山岭峰岩石岛谷林园苑庭阁楼台亭榭廊坊巷里村庄屯寨堡城门关驿市集店铺场坪墩渚"
    "东西南北中上下前后左右新老大小双三四五六七八九百千万彩虹锦绣文武仁义礼智信孝贤德善美真诚勤俭恭谦让学思博雅清秀"
)
NAME_ENDS = "社区 村 路 街 公园 广场 花园 新村 工业园 片区 商圈 家园".split()

COMMON = """
序号 serial_no i / 名称 name s / 地址 address s / 所属区县 district s / 所属乡镇街道 street s / 联系电话 phone c / 经度 longitude n / 纬度 latitude n /
更新日期 updated_on d / 备注 remark s / 状态 status s / 类别 category s / 发布单位 publisher s / 生效日期 effective_on d / 年份 year y / 数量 quantity i /
金额 amount n / 主管部门 authority s / 邮箱 email s / 网址 website s
"""


@dataclass(frozen=True)
class Item:
    """One data item: Chinese title, Latin column name, type letter."""

    title: str
    latin: str
    kind: str


@dataclass(frozen=True)
class Field:
    """One domain with the words that its entries are made of."""

    id: str
    title: str
    title_en: str
    priority: bool
    departments: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    words: tuple[str, ...]
    items: tuple[Item, ...]


def _items(text: str) -> tuple[Item, ...]:
    rows = (part.split() for part in text.replace("\n", " ").split("/"))
    return tuple(Item(*row) for row in rows if row)


def _field(lines: list[str]) -> Field:
    ident, title, english, priority = lines[0].split("|")
    parts = {line[0]: line.split(" ", 1)[1] for line in lines[1:]}
    departments = tuple(tuple(pair.split(" ", 1)) for pair in parts["部"].split(" / "))
    return Field(
        ident,
        title,
        english,
        priority == "1",
        tuple((code, name) for code, name in departments),
        tuple(parts["题"].split()),
        tuple(parts["词"].split()),
        _items(parts["项"]),
    )


def domains() -> tuple[Field, ...]:
    """All domains in order."""
    blocks: list[list[str]] = []
    for line in TEXT.strip().splitlines():
        if "|" in line:
            blocks.append([])
        blocks[-1].append(line)
    return tuple(_field(block) for block in blocks)


def common_items() -> tuple[Item, ...]:
    """Data items that any table may have."""
    return _items(COMMON)
